package dev.sampo.core.state;

import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.MergedRange;
import dev.sampo.core.types.Bytes;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Writes over a state that is not changed by them until {@link #applyTo}. */
public final class StateOverlay implements State {

  private final StateReader below;
  private final int writesMax;
  private final NavigableMap<Bytes, Optional<Bytes>> writes = new TreeMap<>();

  private StateOverlay(StateReader below, int writesMax) {
    this.below = below;
    this.writesMax = writesMax;
  }

  /** For one transaction: at most {@link State#WRITES_MAX} keys change. */
  public static StateOverlay ofTransaction(StateReader below) {
    return new StateOverlay(below, WRITES_MAX);
  }

  /** For a block or a genesis, which bound what is written by what they hold. */
  public static StateOverlay unbounded(StateReader below) {
    return new StateOverlay(below, Integer.MAX_VALUE);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    var own = writes.get(key);
    return own != null ? own : below.get(key);
  }

  @Override
  public List<Entry> range(Bytes from, Bytes to, int limit) {
    requireRange(limit);
    return new MergedRange(below::range, _ -> false, writes).read(from, to, limit);
  }

  @Override
  public void put(Bytes key, Bytes value) {
    if (value.length() > VALUE_LENGTH_MAX) {
      throw new StateLimitExceeded("a value of " + value.length() + " bytes");
    }
    write(key, Optional.of(value));
  }

  @Override
  public void delete(Bytes key) {
    write(key, Optional.empty());
  }

  private void write(Bytes key, Optional<Bytes> value) {
    if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
      throw new StateLimitExceeded("a key of " + key.length() + " bytes");
    }
    writes.put(key, value);
    if (writes.size() > writesMax) {
      throw new StateLimitExceeded("more than " + writesMax + " keys written");
    }
  }

  /** Each written key with its value, or with nothing if it was deleted. */
  public NavigableMap<Bytes, Optional<Bytes>> writes() {
    return Collections.unmodifiableNavigableMap(writes);
  }

  /** Writes all of it into {@code target}. */
  public void applyTo(State target) {
    writes.forEach(
        (key, value) ->
            value.ifPresentOrElse(put -> target.put(key, put), () -> target.delete(key)));
  }

  static void requireRange(int limit) {
    if (limit < 1 || limit > RANGE_MAX) {
      throw new StateLimitExceeded("a range of " + limit + " entries");
    }
  }
}
