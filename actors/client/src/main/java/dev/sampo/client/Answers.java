package dev.sampo.client;

import com.google.protobuf.ByteString;
import dev.sampo.client.v1.Rejection;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what nodes answer, strictly: an answer that is not well-formed is not believed. */
final class Answers {

  private final ErrorCatalogue catalogue;

  Answers(ErrorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What {@code status} says about {@code asked}; anything undecided is pending. */
  Outcome outcome(TransactionId asked, TransactionStatus status) {
    return strictly(
        () -> {
          var id = new TransactionId(hash(status.getTransactionId()));
          if (!id.equals(asked)) {
            throw new IllegalArgumentException("it is about transaction " + id.hex());
          }
          return outcomeOf(id, status);
        });
  }

  private Outcome outcomeOf(TransactionId id, TransactionStatus status) {
    return switch (status.getOutcome()) {
      case OUTCOME_COMMITTED ->
          new Outcome.Committed(
              receipt(id, status)
                  .filter(Receipt::ok)
                  .orElseThrow(() -> new IllegalArgumentException("no receipt of success")),
              LedgerTime.ofMillis(status.getReceipt().getBlockTimeMs()),
              false);
      case OUTCOME_REJECTED -> rejected(id, status.getRejection(), receipt(id, status));
      case OUTCOME_UNKNOWN, OUTCOME_ACCEPTED, OUTCOME_PENDING -> new Outcome.Pending(id);
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("no outcome that this client knows");
    };
  }

  private Outcome.Rejected rejected(
      TransactionId id, Rejection rejection, Optional<Receipt> receipt) {
    Receipt.requireCode(rejection.getCode());
    if (receipt.isPresent() && !receipt.get().code().equals(rejection.getCode())) {
      throw new IllegalArgumentException("the receipt has another code");
    }
    return new Outcome.Rejected(
        id, catalogue.get(rejection.getCode()), rejection.getMessage(), receipt, false);
  }

  private static Optional<Receipt> receipt(TransactionId id, TransactionStatus status) {
    if (!status.hasReceipt()) {
      return Optional.empty();
    }
    var receipt = status.getReceipt();
    var events =
        receipt.getEventsList().stream()
            .map(
                event ->
                    new Event(
                        event.getType(),
                        event.getAttributesList().stream()
                            .map(each -> new Event.Attribute(each.getName(), each.getValue()))
                            .toList()))
            .toList();
    return Optional.of(
        new Receipt(
            id,
            Height.of(receipt.getHeight()),
            receipt.getIndex(),
            receipt.getCode(),
            events,
            hash(receipt.getStateDeltaHash())));
  }

  static Bytes bytes(ByteString value) {
    return Bytes.owning(value.toByteArray());
  }

  static Hash hash(ByteString value) {
    return Hash.of(bytes(value));
  }

  /** Turns what the types refuse into a refusal of the answer. */
  <T> T strictly(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException malformed) {
      throw new SampoException(
          catalogue.get("PROOF_REFUSED"),
          "the answer is malformed: " + malformed.getMessage(),
          true,
          malformed);
    }
  }
}
