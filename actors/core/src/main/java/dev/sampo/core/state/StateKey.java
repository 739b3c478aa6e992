package dev.sampo.core.state;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * The name of a leaf of the state tree.
 *
 * @param name 0 to {@link #NAME_LENGTH_MAX} bytes, unique in its space
 */
public record StateKey(Space space, Bytes name) implements Comparable<StateKey> {

  /** Longest name in bytes. */
  public static final int NAME_LENGTH_MAX = 256;

  private static final int DIGITS = 19;

  /** Keeps what is hashed for numbered names apart from every other name. */
  private static final int NUMBERED = 0x80;

  /** Who gives the names; the ordinal is the code. */
  public enum Space {
    /** The application. */
    APPLICATION,
    /** The ledger: a bucket of the dedupe set, named by its number as u64 (7.15). */
    DEDUPE_BUCKET
  }

  public StateKey {
    if (name.length() > NAME_LENGTH_MAX) {
      throw new IllegalArgumentException("a state key has at most " + NAME_LENGTH_MAX + " bytes");
    }
  }

  public static StateKey application(Bytes name) {
    return new StateKey(Space.APPLICATION, name);
  }

  public static StateKey dedupeBucket(long bucket) {
    return new StateKey(Space.DEDUPE_BUCKET, WireWriter.encode(out -> out.u64(bucket)));
  }

  /**
   * Where the leaf stands in the tree: the SHA-256 of space and name. Of what is numbered, which is
   * a name that ends with a slash and 19 digits, a hundred neighbours stand together: there the
   * last two digits are left out of what is hashed, and take the place of bits 20 to 27. What is
   * counted up changes few pages of the tree then, and proofs of neighbours have most in common.
   */
  Hash path() {
    return isNumbered() ? numbered() : Sha256.start().update(space.ordinal()).update(name).finish();
  }

  private boolean isNumbered() {
    int from = name.length() - DIGITS;
    if (from < 1 || name.at(from - 1) != '/') {
      return false;
    }
    for (int i = from; i < name.length(); i++) {
      if (name.at(i) < '0' || name.at(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private Hash numbered() {
    int end = name.length();
    var path =
        Sha256.start()
            .update(NUMBERED + space.ordinal())
            .update(name.slice(0, end - 2))
            .finish()
            .toByteArray();
    path[2] = (byte) (path[2] & 0xf0 | name.at(end - 2) - '0');
    path[3] = (byte) (name.at(end - 1) - '0' << 4 | path[3] & 0x0f);
    return Hash.of(path, 0);
  }

  public void writeTo(WireWriter out) {
    out.u8(space.ordinal()).bytes(name);
  }

  public static StateKey readFrom(WireReader in) throws Malformed {
    var space =
        switch (in.u8()) {
          case 0 -> Space.APPLICATION;
          case 1 -> Space.DEDUPE_BUCKET;
          default -> throw new Malformed("unknown space of state keys");
        };
    return new StateKey(space, in.bytes(NAME_LENGTH_MAX));
  }

  @Override
  public int compareTo(StateKey other) {
    int bySpace = space.compareTo(other.space);
    return bySpace == 0 ? name.compareTo(other.name) : bySpace;
  }

  /** The name as text if it is printable ASCII, otherwise in hexadecimal. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (name.at(i) <= ' ' || name.at(i) > '~') {
        return space + ":0x" + name.hex();
      }
      text.append((char) name.at(i));
    }
    return space + ":" + text;
  }
}
