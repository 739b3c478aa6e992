package dev.sampo.core.mempool;

import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks for batches that are missing: first who should have them, then everyone in rotation, one at
 * a time (L6, N5). Nobody is punished for an answer that is of no use.
 */
final class BatchFetcher {

  /** At most so many are asked for at a time. */
  static final int NEEDS_MAX = 16;

  private static final long INTERVAL_MIN = Duration.ofMillis(100).toNanos();
  private static final long INTERVAL_MAX = Duration.ofSeconds(2).toNanos();
  private static final long LOST_AFTER = Duration.ofSeconds(60).toNanos();

  /** A batch that is missing, named by its lane and by its place as a cut would name it. */
  record Wanted(ValidatorIndex lane, Tip batch) {}

  /**
   * Why it is needed.
   *
   * @param above batches down to the one after this height are needed too
   * @param holders who should have it
   * @param patience how long it may still come by itself, in nanoseconds
   */
  record Need(Height above, List<ValidatorIndex> holders, long patience, Purpose purpose) {}

  /** What waits for it. */
  enum Purpose {
    /** A batch whose parent it is (L2): it has a place in the lane's window or none. */
    ACKNOWLEDGE,
    /** A vote (N4). */
    VOTE,
    /** A final block (L6). */
    EXECUTE
  }

  private static final class Search {
    private Need need;
    private final long since;
    private long nextAt;
    private int asked;
    private boolean reported;

    Search(Need need, long nanos) {
      this.need = need;
      this.since = nanos;
      this.nextAt = nanos + need.patience();
    }
  }

  private final MempoolOutbox outbox;
  private final Consumer<ValidatorIndex> asked;
  private final Map<Wanted, Search> searches = new LinkedHashMap<>();

  /** {@code asked} is told of each lane of which a batch is asked for. */
  BatchFetcher(MempoolOutbox outbox, Consumer<ValidatorIndex> asked) {
    this.outbox = outbox;
    this.asked = asked;
  }

  /** Why a peer's answer with this batch is wanted. */
  Optional<Need> wanted(Wanted key) {
    return Optional.ofNullable(searches.get(key)).map(search -> search.need);
  }

  /** Takes what is missing now, and asks for what is due. */
  void settle(Map<Wanted, Need> needs, long nanos) {
    if (searches.isEmpty() && needs.isEmpty()) {
      return;
    }
    searches.keySet().removeIf(key -> !needs.containsKey(key));
    long next = Long.MAX_VALUE;
    for (var entry : needs.entrySet()) {
      var search =
          searches.computeIfAbsent(entry.getKey(), _ -> new Search(entry.getValue(), nanos));
      search.need = entry.getValue();
      if (search.nextAt <= nanos) {
        ask(entry.getKey(), search, nanos);
      }
      next = Math.min(next, search.nextAt);
    }
    if (!needs.isEmpty()) {
      outbox.setTimer(MempoolTimer.FETCH, next - nanos);
    }
  }

  private void ask(Wanted key, Search search, long nanos) {
    var peers = outbox.peers();
    if (!peers.isEmpty()) {
      var holders = search.need.holders().stream().filter(peers::contains).toList();
      var to =
          search.asked < holders.size()
              ? holders.get(search.asked)
              : peers.get((key.lane().number() + search.asked) % peers.size());
      outbox.send(to, new BatchRequest(Epoch.ZERO, key.lane(), search.need.above(), key.batch()));
    }
    search.asked++;
    asked.accept(key.lane());
    long interval = INTERVAL_MIN;
    for (int i = 1; i < search.asked && interval < INTERVAL_MAX; i++) {
      interval += interval / 2;
    }
    search.nextAt = nanos + Math.min(interval, INTERVAL_MAX);
    boolean isLost =
        search.need.purpose() == Purpose.EXECUTE
            && !search.reported
            && nanos - search.since >= LOST_AFTER
            && search.asked >= peers.size();
    if (isLost) {
      search.reported = true;
      outbox.add(new MempoolEffect.ReportDataLost(key.lane(), key.batch()));
    }
  }
}
