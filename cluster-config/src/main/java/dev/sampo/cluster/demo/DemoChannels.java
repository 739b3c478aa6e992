package dev.sampo.cluster.demo;

import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TransactionBuilder;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.packet.Action;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.ChannelLimits;
import dev.sampo.core.packet.PacketError;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.Proposal;
import dev.sampo.node.ledger.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects every further ledger of a demo with its first one, or all with each other if its people
 * are spread over them, by channels that are named after the ledger at their other end. What is
 * connected already stays as it is.
 */
public final class DemoChannels {

  private static final long TRUSTING_PERIOD = Duration.ofDays(30).toMillis();
  private static final Duration DECISION_MAX = Duration.ofSeconds(60);
  private static final Duration BEHIND_PAUSE = Duration.ofMillis(250);
  private static final int BEHIND_TRIES = 40;

  /** So that a demo can show a refund within seconds, and load is not held up. */
  private static final ChannelLimits LIMITS =
      new ChannelLimits(
          Duration.ofSeconds(5).toMillis(),
          ChannelLimits.TIMEOUT_MAX,
          Duration.ofHours(1).toMillis(),
          100_000_000,
          Long.MAX_VALUE);

  private static final Set<String> DONE_BEFORE = Set.of("CLIENT_EXISTS", "CHANNEL_EXISTS");

  private final KeyFile operator;
  private final Function<Genesis, SampoClient> clients;

  private DemoChannels(KeyFile operator, Function<Genesis, SampoClient> clients) {
    this.operator = operator;
    this.clients = clients;
  }

  /** How the first ledger is called at the other end of its channels. */
  static ChannelId toFirst() {
    return channelTo(LedgerSettings.FIRST_NAME);
  }

  /** The channel that leads to a ledger. */
  static ChannelId channelTo(LedgerName peer) {
    return new ChannelId(peer.text());
  }

  /**
   * What came of it.
   *
   * @param refusal why not all are connected; nothing if they are
   */
  public record Connected(int ledgers, Optional<String> refusal) {

    /** In one line. */
    public String text() {
      return refusal
          .map(why -> "the ledgers are not all connected: " + why)
          .orElse(ledgers + " ledgers are connected");
    }
  }

  /**
   * Connects the given ledgers if the key of their operator is in {@code keys}; waits until it is
   * decided.
   *
   * @param clients opens a client of a ledger, which is closed here
   */
  public static Connected connect(
      SortedMap<LedgerName, Genesis> ledgers, Path keys, Function<Genesis, SampoClient> clients) {
    var operator = DemoAccounts.operatorKey(keys);
    var refusal =
        operator.isPresent()
            ? new DemoChannels(operator.get(), clients).connect(ledgers)
            : Optional.of("this demo was made without an operator");
    return new Connected(ledgers.size(), refusal);
  }

  private Optional<String> connect(SortedMap<LedgerName, Genesis> ledgers) {
    var first = ledgers.get(LedgerSettings.FIRST_NAME);
    if (first == null || ledgers.size() < 2) {
      return Optional.empty();
    }
    var opened = new ArrayList<SampoClient>();
    try {
      var decisions = new ArrayList<CompletableFuture<Optional<String>>>();
      var ends = new ArrayList<End>();
      ledgers.forEach((name, genesis) -> ends.add(new End(name, genesis, open(genesis, opened))));
      boolean isSpread = DemoSpread.count(first).isPresent();
      for (var one : ends) {
        for (var other : ends) {
          boolean isWanted = one.isFirst() || other.isFirst() || isSpread;
          if (isWanted && !one.equals(other)) {
            decisions.add(connect(one, other));
          }
        }
      }
      return decisions.stream().flatMap(each -> each.join().stream()).findFirst();
    } finally {
      opened.forEach(SampoClient::close);
    }
  }

  private SampoClient open(Genesis genesis, List<SampoClient> opened) {
    var client = clients.apply(genesis);
    opened.add(client);
    return client;
  }

  /** Of a channel. */
  private record End(LedgerName name, Genesis genesis, SampoClient client) {

    boolean isFirst() {
      return name.equals(LedgerSettings.FIRST_NAME);
    }
  }

  /** One half of a channel: what the ledger at one end has to know of the other. */
  private CompletableFuture<Optional<String>> connect(End here, End there) {
    var peer = there.genesis.ledgerId();
    var follow = new Action.ConnectClient(peer, there.genesis.validators(), TRUSTING_PERIOD);
    var open = new Action.OpenChannel(channelTo(there.name), peer, channelTo(here.name), LIMITS);
    var at = here.client;
    return decide(at, follow)
        .thenCompose(
            refusal ->
                refusal.isPresent()
                    ? CompletableFuture.completedFuture(refusal)
                    : decideOnceKnown(at, open, BEHIND_TRIES));
  }

  /** A node that has not executed yet what another one has told refuses what rests upon it. */
  private CompletableFuture<Optional<String>> decideOnceKnown(
      SampoClient at, Action action, int tries) {
    return decide(at, action)
        .thenCompose(
            refusal -> {
              boolean isBehind = refusal.equals(Optional.of(PacketError.UNKNOWN_CLIENT.name()));
              return isBehind && tries > 1
                  ? new CompletableFuture<Boolean>()
                      .completeOnTimeout(true, BEHIND_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                      .thenCompose(_ -> decideOnceKnown(at, action, tries - 1))
                  : CompletableFuture.completedFuture(refusal);
            });
  }

  /** The code of why it was not done, nor before. */
  private CompletableFuture<Optional<String>> decide(SampoClient at, Action action) {
    var proposal = new Proposal(System.currentTimeMillis(), action);
    var approval = Assets.onPackets(new PacketOperation.Approve(proposal));
    var transaction = TransactionBuilder.of(at.ledger(), operator).build(Assets.NAME, approval);
    return at.submitAndWaitAsync(transaction, DECISION_MAX).handle(DemoChannels::refusalOf);
  }

  private static Optional<String> refusalOf(
      @Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      return Optional.of(String.valueOf(failure));
    }
    return switch (outcome) {
      case Outcome.Committed _ -> Optional.empty();
      case Outcome.Pending _ -> Optional.of("it is not decided yet");
      case Outcome.Rejected rejected ->
          Optional.of(rejected.error().code()).filter(code -> !DONE_BEFORE.contains(code));
    };
  }
}
