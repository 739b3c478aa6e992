package dev.sampo.acceptance;

import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.SampoException;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Sends one transfer after another from a thread of its own, and keeps what was acknowledged. */
final class Writer implements AutoCloseable {

  private static final AssetId COIN = new AssetId("coin");
  private static final Duration OUTCOME_MAX = Duration.ofSeconds(2);

  private final SampoClient client;
  private final KeyFile from;
  private final AccountId to;
  private final List<Outcome.Committed> acknowledged = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("writer").unstarted(this::write);
  private final AtomicLong unanswered = new AtomicLong();
  private volatile boolean stopping;

  Writer(SampoClient client, KeyFile from, AccountId to) {
    this.client = client;
    this.from = from;
    this.to = to;
  }

  void start() {
    thread.start();
  }

  List<Outcome.Committed> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** How many transfers nobody took; nothing is claimed about them. */
  long unanswered() {
    return unanswered.get();
  }

  private void write() {
    var builder = TransactionBuilder.of(client.ledger(), from);
    while (!stopping) {
      try {
        if (client.submitAndWait(builder.transfer(COIN, to, 1), OUTCOME_MAX)
            instanceof Outcome.Committed committed) {
          acknowledged.add(committed);
        }
      } catch (SampoException nobodyReachable) {
        unanswered.incrementAndGet();
      }
    }
  }

  void stop() throws InterruptedException {
    stopping = true;
    thread.join();
  }

  @Override
  public void close() {
    stopping = true;
    client.close();
  }
}
