package dev.sampo.benchmarks.micro;

import dev.sampo.core.state.LedgerState;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateProver;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.WireWriter;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The authenticated state (protocol 2.11) with 20,000 keys. */
@State(Scope.Benchmark)
public class StateTreeBenchmark {

  private static final int KEYS = 20_000;
  private static final int UPDATES = 200;

  /** A prime, so that each block changes keys from all over the tree. */
  private static final int STRIDE = 7_919;

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final LedgerState state = LedgerState.open(store, Height.ZERO);
  private long height;
  private long next;

  /** A state that has every key. */
  public StateTreeBenchmark() {
    for (int written = 0; written < KEYS; written += UPDATES) {
      updateTwoHundred();
    }
  }

  /** What a block of as many changed keys costs, with the commit to a store in memory. */
  @Benchmark
  public final LedgerState.Version updateTwoHundred() {
    height++;
    var version = state.commit(Height.of(height), changes());
    store.commit(new WriteSet(version.writes()));
    return version;
  }

  @Benchmark
  public StateProver.Proven prove() {
    next++;
    return LedgerState.prover(store, Height.of(height))
        .flatMap(prover -> prover.prove(key(next)))
        .orElseThrow(() -> new IllegalStateException("the newest height is not kept"));
  }

  private NavigableMap<StateKey, Optional<Bytes>> changes() {
    var changes = new TreeMap<StateKey, Optional<Bytes>>();
    for (int i = 0; i < UPDATES; i++) {
      next++;
      long value = next;
      changes.put(key(next), Optional.of(WireWriter.encode(out -> out.u64(value))));
    }
    return changes;
  }

  private static StateKey key(long number) {
    long name = number * STRIDE % KEYS;
    return StateKey.application(WireWriter.encode(out -> out.u64(name)));
  }
}
