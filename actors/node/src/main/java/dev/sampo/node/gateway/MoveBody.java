package dev.sampo.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON form of an order to move a replica: one object with {@code ledger_id}, {@code
 * writer_epoch}, {@code to} and {@code signature}. Anything else in it, twice in it, or after it is
 * refused, and so is what nests or grows beyond its bounds (fault 93).
 */
record MoveBody(MoveOrder order, Signature signature) {

  /** More than any order needs. */
  static final int BYTES_MAX = 4 * 1024;

  private static final String LEDGER = "ledger_id";
  private static final String EPOCH = "writer_epoch";
  private static final String TO = "to";
  private static final String SIGNATURE = "signature";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2)
                  .maxNumberLength(19)
                  .maxNameLength(64)
                  .maxStringLength(1024)
                  .build())
          .build();

  /** Throws {@link Refused}. */
  static MoveBody parse(byte[] body, Errors errors) {
    try (var json = FACTORY.createParser(body)) {
      return read(json);
    } catch (IOException | IllegalArgumentException malformed) {
      var reason = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("not JSON");
      throw errors.malformed("the body is not an order to move a replica: " + reason);
    }
  }

  private static MoveBody read(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "it is not an object");
    var texts = new TreeMap<String, String>();
    long epoch = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      var token = json.nextToken();
      switch (name) {
        case LEDGER, TO, SIGNATURE -> {
          require(token == JsonToken.VALUE_STRING, name + " is not a string");
          texts.put(name, json.getText());
        }
        case EPOCH -> {
          require(token == JsonToken.VALUE_NUMBER_INT, name + " is no whole number");
          epoch = json.getLongValue();
        }
        default -> throw new IllegalArgumentException("it has an unknown member");
      }
    }
    require(json.nextToken() == null, "something follows it");
    require(epoch >= 0, "it has no " + EPOCH + " of 0 or more");
    return new MoveBody(
        new MoveOrder(LedgerId.fromHex(text(texts, LEDGER)), epoch, text(texts, TO)),
        new Signature(Bytes.fromHex(text(texts, SIGNATURE))));
  }

  private static String text(Map<String, String> texts, String name) {
    var text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return text;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
