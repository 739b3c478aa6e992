package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.client.v1.Status;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.core.types.LedgerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Asks each node of a demo what it hosts, and those that host a ledger how that stands. */
final class DemoNodes {

  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  /**
   * What a node said.
   *
   * @param hosted nothing if it did not answer
   * @param status if it hosts the ledger; what others would say in its place does not count
   */
  private record Answer(
      DemoPointer.Validator node, Optional<List<ListedLedger>> hosted, Optional<Status> status) {}

  private DemoNodes() {}

  /** Each validator of the demo in its order, by the node of it that hosts the ledger. */
  static List<LedgerPicture.Seat> ask(DemoPointer demo, LedgerId ledger) {
    var asked =
        demo.validators().stream()
            .map(node -> CompletableFuture.supplyAsync(() -> ask(node, ledger)))
            .toList();
    var answers = asked.stream().map(CompletableFuture::join).toList();
    var seats = new ArrayList<LedgerPicture.Seat>();
    demo.byValidator()
        .forEach(
            (validator, nodes) ->
                seats.add(
                    seat(
                        validator,
                        answers.stream()
                            .filter(answer -> nodes.contains(answer.node()))
                            .toList())));
    return seats;
  }

  /** Each reader of the demo in its order; nothing for those that do not answer in time. */
  static List<Optional<Status>> askReaders(DemoPointer demo) {
    var asked =
        demo.readers().stream()
            .map(reader -> CompletableFuture.supplyAsync(() -> ask(reader, demo.ledger())))
            .toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  private static Optional<Status> ask(DemoPointer.Reader reader, LedgerId ledger) {
    var settings = ClientSettings.of(new TrustAnchor.Pinned(ledger), reader.endpoint());
    try (var client = SampoClient.connect(settings.withCallTimeout(ANSWER_MAX))) {
      return answered(client.statusAsync());
    }
  }

  private static Answer ask(DemoPointer.Validator node, LedgerId ledger) {
    var settings = ClientSettings.of(new TrustAnchor.Pinned(ledger), node.endpoint());
    try (var client = SampoClient.connect(settings.withCallTimeout(ANSWER_MAX))) {
      var hosted = answered(client.ledgersAsync());
      boolean isHost = hosted.filter(all -> all.stream().anyMatch(isOf(ledger))).isPresent();
      return new Answer(node, hosted, isHost ? answered(client.statusAsync()) : Optional.empty());
    }
  }

  private static Predicate<ListedLedger> isOf(LedgerId ledger) {
    return each -> BlockCommand.hex(each.getLedgerId()).equals(ledger.hex());
  }

  /** Nothing if it does not answer in time. */
  private static <T> Optional<T> answered(CompletableFuture<T> answer) {
    return answer.handle((value, failure) -> Optional.ofNullable(value)).join();
  }

  private static LedgerPicture.Seat seat(String validator, List<Answer> answers) {
    var host =
        answers.stream()
            .filter(answer -> answer.status().isPresent())
            .findFirst()
            .orElse(answers.getFirst());
    var nodes = answers.size() == 1 ? List.<LedgerPicture.Node>of() : nodes(answers);
    return new LedgerPicture.Seat(validator, host.node(), host.status(), nodes);
  }

  private static List<LedgerPicture.Node> nodes(List<Answer> answers) {
    return answers.stream()
        .map(
            answer ->
                new LedgerPicture.Node(
                    answer.node().name(),
                    answer.node().dataCentre(),
                    answer.node().pid(),
                    answer.hosted().isPresent(),
                    answer.hosted().stream()
                        .flatMap(List::stream)
                        .map(ListedLedger::getName)
                        .toList()))
        .toList();
  }
}
