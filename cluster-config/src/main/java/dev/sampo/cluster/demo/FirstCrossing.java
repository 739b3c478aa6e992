package dev.sampo.cluster.demo;

import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import java.time.Duration;
import java.util.List;

/**
 * Waits until amounts can cross: nothing is sent before a relay has brought a ledger the first
 * anchor of the other one (T9). A coin is sent over each channel to see it.
 */
final class FirstCrossing {

  private static final Duration OUTCOME_MAX = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CHANNELS_MAX = Duration.ofSeconds(60);

  private final CrossShare share;
  private final List<SampoClient> clients;
  private final KeyFile sender;

  /** {@code clients}: one for each ledger of the share, in its order. */
  private FirstCrossing(CrossShare share, List<SampoClient> clients, KeyFile sender) {
    this.share = share;
    this.clients = List.copyOf(clients);
    this.sender = sender;
  }

  /**
   * Returns when amounts can cross; {@code timeout} is how long they have to arrive, or come back.
   */
  static CrossShare share(
      int percent, DemoSession session, List<SampoClient> clients, Duration timeout)
      throws InterruptedException {
    if (percent == 0) {
      return CrossShare.NONE;
    }
    var names = List.copyOf(session.ledgers().keySet());
    var patient = new CrossShare(percent, names);
    new FirstCrossing(patient, clients, session.ring().getFirst()).await(CHANNELS_MAX);
    return new CrossShare(percent, names, timeout);
  }

  private void await(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (int place = 0; place < clients.size(); place++) {
      for (int channel = 0; channel < share.channelsFrom(place); channel++) {
        while (!isTaken(place, channel)) {
          if (System.nanoTime() - deadline > 0) {
            throw new CommandFailed(
                ExitCode.FAILED, "no amount can cross from " + share.ledgers().get(place) + " yet");
          }
          Thread.sleep(POLL);
        }
      }
    }
  }

  private boolean isTaken(int place, int channel) {
    var client = clients.get(place);
    var builder = TransactionBuilder.of(client.ledger(), sender);
    var transfer = share.transfer(builder, place, channel, sender.account());
    return client.submitAndWait(transfer, OUTCOME_MAX) instanceof Outcome.Committed;
  }
}
