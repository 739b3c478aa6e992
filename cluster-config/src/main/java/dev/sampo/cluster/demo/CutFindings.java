package dev.sampo.cluster.demo;

import dev.sampo.client.CrossTransfer;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.placement.Loss;
import dev.sampo.cluster.placement.Member;
import dev.sampo.cluster.placement.Placement;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What is still there of all that was acknowledged, once a cut is over and the load has ended. */
final class CutFindings {

  private static final Duration AGREEMENT_MAX = Duration.ofSeconds(60);

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
        ledger.lost(),
        measured,
        agreement.stateRootsEqual());
  }

  /** Follows each amount until it has arrived or come back. */
  CutReport.Crossings crossings(Duration atMost) {
    long done = 0;
    long refunded = 0;
    long sent = 0;
    for (var from : ledgers) {
      var stages =
          LoadedLedger.asked(
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
}
