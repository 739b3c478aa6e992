package dev.sampo.core.state;

import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which keys a transaction or a block changed, by the hashes of their new values (X3).
 *
 * @param changes in strictly ascending order of keys
 */
public record StateDelta(List<Change> changes) {

  private static final int CHANGES_MAX = 1 << 25;

  /** The new value's SHA-256, or nothing for a deleted key. */
  public record Change(StateKey key, Optional<Hash> value) {

    private void writeTo(WireWriter out) {
      key.writeTo(out);
      out.bool(value.isPresent());
      value.ifPresent(out::hash);
    }

    private static Change readFrom(WireReader in) throws Malformed {
      return new Change(
          StateKey.readFrom(in), in.bool() ? Optional.of(in.hash()) : Optional.empty());
    }
  }

  /** The first key about which two deltas disagree, and what each of them says, if anything. */
  public record Difference(StateKey key, Optional<Change> mine, Optional<Change> theirs) {

    @Override
    public String toString() {
      return key + " (here " + text(mine) + ", there " + text(theirs) + ")";
    }

    private static String text(Optional<Change> change) {
      return change.map(said -> said.value().map(Hash::hex).orElse("deleted")).orElse("unchanged");
    }
  }

  public StateDelta {
    changes = List.copyOf(changes);
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i - 1).key().compareTo(changes.get(i).key()) >= 0) {
        throw new IllegalArgumentException("changed keys must be strictly ascending");
      }
    }
  }

  /** Nothing if the deltas are equal. */
  public static Optional<Difference> firstDifference(StateDelta mine, StateDelta theirs) {
    int i = 0;
    while (i < mine.changes.size()
        && i < theirs.changes.size()
        && mine.changes.get(i).equals(theirs.changes.get(i))) {
      i++;
    }
    var here = mine.changes.stream().skip(i).findFirst();
    var there = theirs.changes.stream().skip(i).findFirst();
    return Stream.concat(here.stream(), there.stream())
        .map(Change::key)
        .min(Comparator.naturalOrder())
        .map(key -> new Difference(key, here.filter(about(key)), there.filter(about(key))));
  }

  private static Predicate<Change> about(StateKey key) {
    return change -> change.key().equals(key);
  }

  /** What a receipt names the delta by. */
  public Hash hash() {
    return Sha256.hash(encoded());
  }

  public Bytes encoded() {
    return WireWriter.encode(out -> out.list(changes, Change::writeTo));
  }

  public static StateDelta decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, in -> new StateDelta(in.list(CHANGES_MAX, Change::readFrom)));
  }
}
