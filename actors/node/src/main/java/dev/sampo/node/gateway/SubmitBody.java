package dev.sampo.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sampo.core.types.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;

/**
 * The JSON form of a submission: one object with {@code transaction_hex} or {@code
 * transaction_base64} and optionally {@code wait_for_commit_ms}. Anything else in it, twice in it,
 * or after it is refused, and so is what nests or grows beyond its bounds (fault 93).
 */
record SubmitBody(Bytes transaction, Duration waiting) {

  static final String HEX = "transaction_hex";
  static final String BASE64 = "transaction_base64";
  static final String WAIT = "wait_for_commit_ms";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxNumberLength(10)
                  .maxNameLength(64)
                  .maxStringLength(1 << 18)
                  .build())
          .build();

  static SubmitBody parse(byte[] body, Errors errors) {
    try (var json = FACTORY.createParser(body)) {
      return read(json);
    } catch (IOException | IllegalArgumentException malformed) {
      var reason = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("not JSON");
      throw errors.malformed("the body is not a submission: " + reason);
    }
  }

  private static SubmitBody read(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "it is not an object");
    var transaction = Bytes.EMPTY;
    var wait = Duration.ZERO;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      json.nextToken();
      switch (name) {
        case HEX, BASE64 -> {
          require(transaction.isEmpty(), "it has two transactions");
          transaction = bytes(name, json);
        }
        case WAIT -> {
          require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, name + " is no whole number");
          require(json.getLongValue() >= 0, name + " is negative");
          wait = Duration.ofMillis(json.getLongValue());
        }
        default -> throw new IllegalArgumentException("it has an unknown member");
      }
    }
    require(json.nextToken() == null, "something follows it");
    require(!transaction.isEmpty(), "it has neither " + HEX + " nor " + BASE64);
    return new SubmitBody(transaction, wait);
  }

  private static Bytes bytes(String name, JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING, name + " is not a string");
    var text = json.getText();
    return name.equals(HEX) ? Bytes.fromHex(text) : Bytes.owning(Base64.getDecoder().decode(text));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
