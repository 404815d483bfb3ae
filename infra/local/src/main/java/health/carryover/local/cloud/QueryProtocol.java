package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.jetty.util.Fields;

/** The Query protocol of AWS (form in, XML out) around one service. */
record QueryProtocol(String namespace, Operations service) implements Service {
    private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

    /** Writes the content of the operation's Result element. */
    interface Operations {
        void call(String operation, Fields input, Result result) throws XMLStreamException;
    }

    /** The XML being answered. */
    record Result(XMLStreamWriter xml) {
        void text(String name, String value) throws XMLStreamException {
            xml.writeStartElement(name);
            xml.writeCharacters(value);
            xml.writeEndElement();
        }

        void open(String name) throws XMLStreamException {
            xml.writeStartElement(name);
        }

        void close() throws XMLStreamException {
            xml.writeEndElement();
        }
    }

    @Override
    public Optional<Asked> asked(Ask ask) {
        Fields input = ask.form();
        ObjectNode members = Json.object();
        for (Fields.Field field : input) members.put(field.getName(), field.getValue());
        for (int i = 1; input.getValue("Tags.member." + i + ".Key") != null; i++)
            members.withObjectProperty("Tags")
                    .put(input.getValue("Tags.member." + i + ".Key"), input.getValue("Tags.member." + i + ".Value"));
        return Optional.of(new Asked(action(input), members));
    }

    private static String action(Fields input) {
        String operation = input.getValue("Action");
        if (operation == null) throw new AwsError("MissingAction", "the request has no Action");
        return operation;
    }

    @Override
    public Reply answer(Ask ask) {
        Fields input = ask.form();
        String operation = action(input);
        return document(operation + "Response", 200, xml -> {
            xml.writeDefaultNamespace(namespace);
            xml.writeStartElement(operation + "Result");
            service.call(operation, input, new Result(xml));
            xml.writeEndElement();
            xml.writeStartElement("ResponseMetadata");
            new Result(xml).text("RequestId", UUID.randomUUID().toString());
            xml.writeEndElement();
        });
    }

    @Override
    public Reply refusal(AwsError error) {
        return error(error);
    }

    static Reply error(AwsError error) {
        return document("ErrorResponse", error.status(), xml -> {
            Result result = new Result(xml);
            result.open("Error");
            result.text("Type", error.status() < 500 ? "Sender" : "Receiver");
            result.text("Code", error.code());
            result.text("Message", String.valueOf(error.getMessage()));
            result.close();
            result.text("RequestId", UUID.randomUUID().toString());
        });
    }

    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static Reply document(String root, int status, Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XML.createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement(root);
            content.write(xml);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written to memory", e);
        }
        return Reply.of(status, "text/xml", text.toString());
    }
}
