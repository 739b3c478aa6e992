package dev.sampo.persistence.journal;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.PromiseCodec;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.io.NotSerializableException;
import java.util.List;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes promises in their canonical encoding, and reads nothing else: two manifests with a version
 * each, all lengths bounded, no bytes left over.
 */
public final class PromisesSerializer extends SerializerWithStringManifest {

  private static final int IDENTIFIER = 53_410_001;
  private static final String MADE = "PromisesMade.1";
  private static final String LIVE = "LivePromises.1";
  private static final int PROMISES_MAX = 1 << 20;
  private static final int PROMISE_BYTES_MAX = Block.ENCODED_BYTES_MAX + 1;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object value) {
    return switch (value) {
      case PromisesMade made -> MADE;
      case LivePromises live -> LIVE;
      default -> throw new IllegalArgumentException("not made of promises: " + value.getClass());
    };
  }

  @Override
  public byte[] toBinary(Object value) {
    return switch (value) {
      case PromisesMade(var promises) -> encode(promises);
      case LivePromises(var promises) -> encode(promises);
      default -> throw new IllegalArgumentException("not made of promises: " + value.getClass());
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return switch (manifest) {
      case MADE -> new PromisesMade(decode(bytes));
      case LIVE -> new LivePromises(decode(bytes));
      default -> throw new NotSerializableException("unknown manifest " + manifest);
    };
  }

  private static byte[] encode(List<Promise> promises) {
    return WireWriter.encode(
            out -> out.list(promises, (promise, to) -> to.bytes(PromiseCodec.encode(promise))))
        .toByteArray();
  }

  private static List<Promise> decode(byte[] bytes) throws NotSerializableException {
    try {
      return WireReader.decode(
          Bytes.copyOf(bytes),
          in -> in.list(PROMISES_MAX, each -> PromiseCodec.decode(each.bytes(PROMISE_BYTES_MAX))));
    } catch (Malformed damage) {
      throw new NotSerializableException("promises are damaged: " + damage.getMessage());
    }
  }
}
