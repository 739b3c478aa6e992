package dev.sampo.persistence.journal;

import static dev.sampo.persistence.store.Directories.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.persistence.journal.EventLog.Event;
import dev.sampo.persistence.store.NodeStore;
import dev.sampo.persistence.store.Replica;
import dev.sampo.persistence.store.StaleWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol V1, V2: writers that take a replica from each other at random. */
class TakeOverTest {

  private static final int WRITERS = 4;
  private static final int TAKE_OVERS = 6;
  private static final int PROMISES_MAX = 12;
  private static final String ACTOR = "promises";

  @TempDir private Path folder;
  private final Map<Long, String> acknowledged = new ConcurrentSkipListMap<>();
  private final AtomicLong newestEpoch = new AtomicLong();
  private Replica replica;

  @Test
  @Tag("fault-24")
  @Tag("fault-56")
  @DisplayName("V1: the acknowledged promises are exactly those in the log, each number given once")
  void writersThatTakeOverFromEachOther() throws Exception {
    long seed = Long.getLong("sampo.seed", System.nanoTime());
    var replay = "-pl persistence -am test -Dtest=TakeOverTest -Dsampo.seed=" + seed;
    replica = Replica.Kind.POSTGRESQL.init(folder);

    var writers =
        IntStream.range(0, WRITERS)
            .mapToObj(
                writer ->
                    CompletableFuture.runAsync(
                        () -> write(new Random(seed + writer)), Thread::startVirtualThread))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(writers).join();

    var stored = new TreeMap<Long, String>();
    try (var store = replica.open()) {
      // Refuses an event that was written under an older epoch than the one before it.
      new EventLog(store, store.writerEpoch())
          .replay(ACTOR, 0, Long.MAX_VALUE, Long.MAX_VALUE, event -> put(event, stored));
      assertThat(store.writerEpoch()).as(replay).isEqualTo(WRITERS * TAKE_OVERS + 1L);
    }
    assertThat(stored).as(replay).isNotEmpty().isEqualTo(acknowledged);
  }

  private void write(Random random) {
    for (int i = 0; i < TAKE_OVERS; i++) {
      var heard = new ArrayList<Throwable>();
      long before = newestEpoch.get();
      try (var store = replica.open(heard::add)) {
        assertThat(store.writerEpoch()).isGreaterThan(before);
        newestEpoch.accumulateAndGet(store.writerEpoch(), Math::max);
        promise(store, 1 + random.nextInt(PROMISES_MAX));
      } catch (Exception refused) {
        throw new AssertionError(refused);
      }
      assertThat(heard).allMatch(StaleWriter.class::isInstance).hasSizeLessThan(2);
    }
  }

  /** Until it has made so many, or was fenced. */
  private void promise(NodeStore store, int promises) {
    try {
      var log = new EventLog(store, store.writerEpoch());
      for (int i = 0; i < promises; i++) {
        long number = log.highest(ACTOR) + 1;
        var said = "said under " + store.writerEpoch();
        log.append(ACTOR, List.of(new Event(ACTOR, number, text(said))));
        assertThat(acknowledged.put(number, text(said).hex())).as("promise %d", number).isNull();
      }
    } catch (StaleWriter fenced) {
      // It may find the newer writer's promise before it finds the newer epoch.
      assertThat(newestEpoch.get() > store.writerEpoch() || isOvertaken(fenced))
          .as(fenced.getMessage())
          .isTrue();
    }
  }

  private static boolean isOvertaken(StaleWriter fenced) {
    return String.valueOf(fenced.getMessage()).contains("taken over");
  }

  private static void put(Event event, Map<Long, String> stored) {
    stored.put(event.sequenceNr(), event.content().hex());
  }
}
