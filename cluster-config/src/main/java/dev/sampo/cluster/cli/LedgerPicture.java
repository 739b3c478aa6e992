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
 */
record LedgerPicture(Optional<Status> newest, List<Row> rows, int quorum) {

  /**
   * One validator.
   *
   * @param pid only where it is known
   * @param said what it last said of itself; nothing if nobody knows
   */
  record Row(
      String name, String dataCentre, Optional<Long> pid, boolean reachable, Optional<Said> said) {}

  /** A validator's own words, first-hand or as another one has heard them. */
  record Said(long height, long view, String stateRoot) {}

  LedgerPicture {
    rows = List.copyOf(rows);
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
                        heard(validator)))
            .toList();
    return new LedgerPicture(Optional.of(status), rows, status.getQuorum());
  }

  /** As each validator of the demo, in their order, says of itself; nothing for the silent ones. */
  static LedgerPicture of(List<DemoPointer.Validator> validators, List<Optional<Status>> answers) {
    var newest =
        answers.stream()
            .flatMap(Optional::stream)
            .max((a, b) -> Long.compare(a.getExecutedHeight(), b.getExecutedHeight()));
    var rows = new ArrayList<Row>();
    for (int i = 0; i < validators.size(); i++) {
      var validator = validators.get(i);
      int index = i;
      var answer = answers.get(i);
      var said =
          answer.isPresent()
              ? answer.map(LedgerPicture::own)
              : newest.flatMap(status -> heardOf(status, index));
      rows.add(
          new Row(
              validator.name(),
              validator.dataCentre(),
              Optional.of(validator.pid()),
              answer.isPresent(),
              said));
    }
    int quorum = newest.map(Status::getQuorum).orElseGet(() -> quorumOf(validators.size()));
    return new LedgerPicture(newest, rows, quorum);
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
