package health.carryover.local.cloud;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** The tags of objects, by version. */
final class ObjectTags {
    private static final XMLOutputFactory WRITER = XMLOutputFactory.newFactory();
    private static final XMLInputFactory READER = reader();

    /** One version of one object; the version is empty in a bucket without versions. */
    record Version(String bucket, String key, String version) {}

    private final Map<Version, Map<String, String>> tags = new ConcurrentHashMap<>();

    private static XMLInputFactory reader() {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    Map<String, String> of(Version object) {
        return tags.getOrDefault(object, Map.of());
    }

    void put(Version object, Map<String, String> replacing) {
        if (replacing.size() > 10) throw new AwsError("BadRequest", "Object tags cannot be greater than 10");
        tags.put(object, Map.copyOf(replacing));
    }

    void remove(Version object) {
        tags.remove(object);
    }

    /** The header {@code x-amz-tagging}: {@code a=1&b=2}. */
    static Map<String, String> ofHeader(String header) {
        Fields fields = new Fields();
        UrlEncoded.decodeUtf8To(header, fields);
        Map<String, String> read = new LinkedHashMap<>();
        for (Fields.Field field : fields) read.put(field.getName(), field.getValue());
        return read;
    }

    static Map<String, String> ofXml(byte[] xml) {
        Map<String, String> read = new LinkedHashMap<>();
        try {
            XMLStreamReader reader = READER.createXMLStreamReader(new ByteArrayInputStream(xml));
            String key = "";
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) continue;
                if (reader.getLocalName().equals("Key")) key = reader.getElementText();
                else if (reader.getLocalName().equals("Value")) read.put(key, reader.getElementText());
            }
        } catch (XMLStreamException e) {
            throw new AwsError("MalformedXML", "The XML you provided was not well-formed");
        }
        return read;
    }

    static String xml(Map<String, String> tags) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = WRITER.createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("Tagging");
            xml.writeDefaultNamespace("http://s3.amazonaws.com/doc/2006-03-01/");
            xml.writeStartElement("TagSet");
            for (Map.Entry<String, String> tag : tags.entrySet()) {
                xml.writeStartElement("Tag");
                element(xml, "Key", tag.getKey());
                element(xml, "Value", tag.getValue());
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written to memory", e);
        }
        return text.toString();
    }

    static String error(AwsError error) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = WRITER.createXMLStreamWriter(text);
            xml.writeStartDocument();
            xml.writeStartElement("Error");
            element(xml, "Code", error.code());
            element(xml, "Message", String.valueOf(error.getMessage()));
            xml.writeEndElement();
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written to memory", e);
        }
        return text.toString();
    }

    private static void element(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }
}
