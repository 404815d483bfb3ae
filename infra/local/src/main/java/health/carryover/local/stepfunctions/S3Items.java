package health.carryover.local.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what an ItemReader fetched from S3 into items. */
final class S3Items {
    static final Map<String, Character> DELIMITERS =
            Map.of("COMMA", ',', "PIPE", '|', "SEMICOLON", ';', "SPACE", ' ', "TAB", '\t');

    /** The object is not what the reader's configuration says. */
    static final class UnreadableItems extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableItems(String message) {
            super(message);
        }

        UnreadableItems(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private S3Items() {}

    /** @param answer of s3:getObject or s3:listObjectsV2 */
    static ArrayNode read(JsonNode answer, JsonNode config) throws UnreadableItems {
        if (!config.has("InputType"))
            return answer.path("Contents") instanceof ArrayNode contents ? contents : Json.array();
        String body = answer.path("Body").asText("");
        return switch (config.get("InputType").asText()) {
            case "JSON" -> json(body);
            case "JSONL" -> lines(body);
            default -> csv(body, config);
        };
    }

    private static ArrayNode json(String body) throws UnreadableItems {
        try {
            if (Json.parse(body) instanceof ArrayNode array) return array;
        } catch (JsonProcessingException e) {
            throw new UnreadableItems("The object is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new UnreadableItems("The object is not a JSON array");
    }

    private static ArrayNode lines(String body) throws UnreadableItems {
        ArrayNode items = Json.array();
        int number = 0;
        for (String line : body.lines().toList()) {
            number++;
            if (line.isBlank()) continue;
            try {
                items.add(Json.parse(line));
            } catch (JsonProcessingException e) {
                throw new UnreadableItems("Line " + number + " is not JSON: " + e.getOriginalMessage(), e);
            }
        }
        return items;
    }

    /** Every value is a string; a row that is too short has empty strings, one that is too long loses its end. */
    private static ArrayNode csv(String body, JsonNode config) throws UnreadableItems {
        char delimiter = DELIMITERS.getOrDefault(config.path("CSVDelimiter").asText("COMMA"), ',');
        List<String> headers = new ArrayList<>();
        config.path("CSVHeaders").forEach(header -> headers.add(header.asText()));
        ArrayNode items = Json.array();
        try (CsvReader<CsvRecord> rows = CsvReader.builder()
                .fieldSeparator(delimiter)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(body)) {
            for (CsvRecord row : rows) {
                if (headers.isEmpty()) {
                    headers.addAll(row.getFields());
                    continue;
                }
                ObjectNode item = items.addObject();
                for (int i = 0; i < headers.size(); i++)
                    item.put(headers.get(i), i < row.getFieldCount() ? row.getField(i) : "");
            }
        } catch (CsvParseException e) {
            throw new UnreadableItems("The object is not CSV: " + e.getMessage(), e);
        } catch (java.io.IOException e) {
            throw new UnreadableItems("The object cannot be read", e);
        }
        return items;
    }
}
