package dev.sampo.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.Bytes;
import java.io.IOException;
import java.util.Base64;

/**
 * The JSON form of a charter: one object with {@code charter_base64} and nothing else. Anything
 * more in it, or after it, is refused, and so is what nests or grows beyond its bounds.
 */
final class CharterBody {

  static final String BASE64 = "charter_base64";

  /** The longest charter in base64, and what goes with it. */
  static final int BYTES_MAX = (LedgerCharter.ENCODED_BYTES_MAX / 3 + 1) * 4 + 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxNumberLength(10)
                  .maxNameLength(64)
                  .maxStringLength(BYTES_MAX)
                  .build())
          .build();

  private CharterBody() {}

  /** Throws {@link Refused}. */
  static Bytes parse(byte[] body, Errors errors) {
    try (var json = FACTORY.createParser(body)) {
      return read(json);
    } catch (IOException | IllegalArgumentException malformed) {
      var reason = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("not JSON");
      throw errors.malformed("the body is not a charter: " + reason);
    }
  }

  private static Bytes read(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "it is not an object");
    require(json.nextToken() == JsonToken.FIELD_NAME, "it has no " + BASE64);
    require(json.currentName().equals(BASE64), "it has an unknown member");
    require(json.nextToken() == JsonToken.VALUE_STRING, BASE64 + " is not a string");
    var charter = Bytes.owning(Base64.getDecoder().decode(json.getText()));
    require(json.nextToken() == JsonToken.END_OBJECT, "it has an unknown member");
    require(json.nextToken() == null, "something follows it");
    return charter;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
