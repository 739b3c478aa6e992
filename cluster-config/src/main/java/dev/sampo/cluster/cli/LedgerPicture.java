package dev.sampo.cluster.cli;

import dev.sampo.client.v1.Status;
import dev.sampo.client.v1.Validator;
import dev.sampo.cluster.demo.DemoPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a ledger stands, put together from what its validators say.
 *
 * @param newest the status of a validator that has executed the highest block; nothing if none
 *     answered
 * @param quorum how many validators must agree
 * @param readers nodes that follow the ledger without a vote, as far as they are known
 */
record LedgerPicture(Optional<Status> newest, List<Row> rows, int quorum, List<Reader> readers) {

  /**
   * One validator.
   *
   * @param pid only where it is known
   * @param said what it last said of itself; nothing if nobody knows
   * @param place of which node all that is; nothing if the validator has one only
   */
  record Row(
      String name,
      String dataCentre,
      Optional<Long> pid,
      boolean reachable,
      Optional<Said> said,
      Optional<Place> place) {}

  /**
   * Where a validator of several nodes is.
   *
   * @param host the node that hosts the ledger; nothing if none does
   */
  record Place(Optional<String> host, List<Node> nodes) {}

  /**
   * One of the nodes of a validator.
   *
   * @param hosts the names of the ledgers that it hosts
   */
  record Node(String name, String dataCentre, long pid, boolean reachable, List<String> hosts) {}

  /**
   * A validator of the demo.
   *
   * @param host its node that hosts the ledger, or else any
   * @param answer of that node; nothing if none hosts the ledger and answers
   * @param nodes all of them; empty if it has one
   */
  record Seat(
      String validator, DemoPointer.Validator host, Optional<Status> answer, List<Node> nodes) {}

  /** A validator's own words, first-hand or as another one has heard them. */
  record Said(long height, long view, String stateRoot) {}

  /**
   * A reader.
   *
   * @param said nothing if it does not answer
   */
  record Reader(String name, String dataCentre, Optional<Said> said) {}

  LedgerPicture {
    rows = List.copyOf(rows);
    readers = List.copyOf(readers);
  }

  /** As one node sees it. */
  static LedgerPicture of(Status status) {
    var rows =
        status.getValidatorsList().stream()
            .map(
                validator ->
                    new Row(
                        validator.getName(),
                        validator.getDataCentre(),
                        Optional.of(validator.getPid()).filter(pid -> pid > 0),
                        validator.getReachable(),
                        heard(validator),
                        Optional.empty()))
            .toList();
    var readers =
        status.getReader()
            ? List.of(new Reader(status.getNode(), "-", Optional.of(own(status))))
            : List.<Reader>of();
    return new LedgerPicture(Optional.of(status), rows, status.getQuorum(), readers);
  }

  /** As each validator of the demo, in their order, says of itself; nothing for the silent ones. */
  static LedgerPicture of(List<Seat> seats) {
    var newest =
        seats.stream()
            .flatMap(seat -> seat.answer().stream())
            .max((a, b) -> Long.compare(a.getExecutedHeight(), b.getExecutedHeight()));
    var rows = new ArrayList<Row>();
    for (int i = 0; i < seats.size(); i++) {
      var seat = seats.get(i);
      int index = i;
      rows.add(
          new Row(
              seat.validator(),
              seat.host().dataCentre(),
              Optional.of(seat.host().pid()),
              seat.answer().isPresent(),
              seat.answer()
                  .map(LedgerPicture::own)
                  .or(() -> newest.flatMap(status -> heardOf(status, index))),
              place(seat)));
    }
    int quorum = newest.map(Status::getQuorum).orElseGet(() -> quorumOf(seats.size()));
    return new LedgerPicture(newest, rows, quorum, List.of());
  }

  /** With readers of the demo, in their order, as each says of itself; nothing for the silent. */
  LedgerPicture with(List<DemoPointer.Reader> known, List<Optional<Status>> answers) {
    var found = new ArrayList<Reader>();
    for (int i = 0; i < known.size(); i++) {
      var said = answers.get(i).map(LedgerPicture::own);
      found.add(new Reader(known.get(i).name(), known.get(i).dataCentre(), said));
    }
    return new LedgerPicture(newest, rows, quorum, found);
  }

  private static Optional<Place> place(Seat seat) {
    return seat.nodes().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Place(seat.answer().map(_ -> seat.host().name()), List.copyOf(seat.nodes())));
  }

  private static Said own(Status status) {
    return new Said(
        status.getExecutedHeight(), status.getView(), BlockCommand.hex(status.getStateRoot()));
  }

  private static Optional<Said> heardOf(Status status, int index) {
    return index < status.getValidatorsCount()
        ? heard(status.getValidators(index))
        : Optional.empty();
  }

  private static Optional<Said> heard(Validator validator) {
    return validator.getReported()
        ? Optional.of(
            new Said(
                validator.getHeight(),
                validator.getView(),
                BlockCommand.hex(validator.getStateRoot())))
        : Optional.empty();
  }

  /** q = ceil((n + f + 1) / 2), as long as nobody can be asked. */
  private static int quorumOf(int validators) {
    int faultsTolerated = (validators - 1) / 3;
    return (validators + faultsTolerated + 2) / 2;
  }

  int reachable() {
    return (int) rows.stream().filter(Row::reachable).count();
  }

  /** How many validators may still be lost before nothing can commit; negative: nothing can. */
  int margin() {
    return reachable() - quorum;
  }

  long highest() {
    return rows.stream()
        .flatMap(row -> row.said().stream())
        .mapToLong(Said::height)
        .max()
        .orElse(0);
  }
}
