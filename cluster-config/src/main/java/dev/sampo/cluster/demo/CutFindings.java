package dev.sampo.cluster.demo;

import dev.sampo.client.CrossTransfer;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.placement.Loss;
import dev.sampo.cluster.placement.Member;
import dev.sampo.cluster.placement.Placement;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What is still there of all that was acknowledged, once a cut is over and the load has ended. */
final class CutFindings {

  private static final Duration AGREEMENT_MAX = Duration.ofSeconds(60);
  private static final int ASKED_AT_A_TIME = 64;

  private final DemoStart.Cuttable demo;
  private final Loss loss;
  private final List<LoadedLedger> ledgers;

  CutFindings(DemoStart.Cuttable demo, Loss loss, List<LoadedLedger> ledgers) {
    this.demo = demo;
    this.loss = loss;
    this.ledgers = List.copyOf(ledgers);
  }

  /** Looks for each transfer at the ledger that acknowledged it, once its validators agree. */
  List<CutReport.OfLedger> ledgers(List<CutUnderLoad.Measured> measured) {
    return IntStream.range(0, ledgers.size())
        .mapToObj(i -> ledger(ledgers.get(i), measured.get(i)))
        .toList();
  }

  private CutReport.OfLedger ledger(LoadedLedger ledger, CutUnderLoad.Measured measured) {
    var genesis = ledger.genesis();
    var endpoints = demo.session().endpointsOf(genesis);
    Agreement agreement;
    try (var each = ValidatorClients.connect(genesis, endpoints)) {
      agreement = Agreement.await(each, endpoints.size(), AGREEMENT_MAX);
    }
    var committee =
        demo.session().seatsOf(genesis).stream().map(seat -> demo.members().get(seat)).toList();
    return new CutReport.OfLedger(
        ledger.name(),
        committee.stream().map(Member::name).toList(),
        new Placement(committee).margin(List.of(loss)) >= 0,
        ledger.load().committed(),
        lost(ledger.client(), ledger.load()),
        measured,
        agreement.stateRootsEqual());
  }

  private static long lost(SampoClient client, WatchedLoad load) {
    var answers =
        asked(
            load.acknowledged(),
            id -> client.transactionAsync(id).thenApply(CutFindings::isCommitted));
    return answers.stream().filter(isThere -> !isThere).count();
  }

  private static boolean isCommitted(Optional<Outcome> outcome) {
    return outcome.filter(Outcome.Committed.class::isInstance).isPresent();
  }

  /** Follows each amount until it has arrived or come back. */
  CutReport.Crossings crossings(Duration atMost) {
    long done = 0;
    long refunded = 0;
    long sent = 0;
    for (var from : ledgers) {
      var stages =
          asked(
              from.load().sentAcross(),
              each ->
                  each.followAsync(from.client(), clientOf(each.destination()), atMost, _ -> {}));
      sent += stages.size();
      done += stages.stream().filter(CrossTransfer.Stage.Done.class::isInstance).count();
      refunded += stages.stream().filter(CrossTransfer.Stage.Refunded.class::isInstance).count();
    }
    return new CutReport.Crossings(sent, done, refunded, sent - done - refunded, 0);
  }

  private SampoClient clientOf(LedgerId ledger) {
    return ledgers.stream()
        .map(LoadedLedger::client)
        .filter(client -> client.ledger().equals(ledger))
        .findFirst()
        .orElseThrow();
  }

  /** Some at a time, so that no node refuses them. */
  private static <Q, R> List<R> asked(
      Collection<Q> questions, Function<Q, CompletableFuture<R>> question) {
    var answers = new ArrayList<R>();
    var inHand = new ArrayList<CompletableFuture<R>>();
    for (var each : questions) {
      inHand.add(question.apply(each));
      if (inHand.size() == ASKED_AT_A_TIME) {
        inHand.forEach(answer -> answers.add(answer.join()));
        inHand.clear();
      }
    }
    inHand.forEach(answer -> answers.add(answer.join()));
    return answers;
  }
}
