package dev.sampo.core.execution;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.RejectionCode;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.transaction.TransactionBody.Requirement;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import java.util.Optional;

/**
 * Decides what becomes of an entry of a block, as far as that does not depend on its payload
 * (7.13).
 */
final class EntryRules {

  /** What becomes of an entry. */
  sealed interface Verdict {

    /** It is carried out. */
    record Execute(TransactionBody body) implements Verdict {}

    /** It is executed with an error, without asking the application. */
    record Fail(TransactionBody body, RejectionCode code) implements Verdict {}

    record Void(RejectionCode code) implements Verdict {}

    record Duplicate(LiveTransaction first, RejectionCode code) implements Verdict {}
  }

  /** The dedupe set as it stands. */
  interface Remembered {

    Optional<LiveTransaction> find(Hash dedupeKey);

    long size();
  }

  private enum Requires {
    MET,
    NOT_MET,
    FAILED
  }

  private final Genesis genesis;
  private final LedgerId ledger;
  private final Application application;
  private final TransactionVerdicts verdicts;

  EntryRules(Genesis genesis, Application application, TransactionVerdicts verdicts) {
    this.genesis = genesis;
    this.ledger = genesis.ledgerId();
    this.application = application;
    this.verdicts = verdicts;
  }

  Verdict judge(
      SignedTransaction entry, LedgerTime blockTime, StateReader state, Remembered remembered) {
    TransactionBody body;
    try {
      body = TransactionBody.decode(entry.body());
    } catch (Malformed undecodable) {
      return new Verdict.Void(RejectionCode.MALFORMED_TRANSACTION);
    }
    var fault = faultOfItself(entry, body, state).or(() -> tooEarly(body, blockTime));
    if (fault.isPresent()) {
      return new Verdict.Void(fault.get());
    }
    var requires = requires(body, remembered);
    if (requires == Requires.NOT_MET) {
      return new Verdict.Void(RejectionCode.REQUIRES_NOT_MET);
    }
    var first = remembered.find(body.dedupeKey());
    if (first.isEmpty() && remembered.size() >= genesis.parameters().maxLiveIds()) {
      return new Verdict.Void(RejectionCode.DEDUPE_FULL);
    }
    if (!blockTime.isBefore(body.validUntil())) {
      return new Verdict.Void(RejectionCode.EXPIRED);
    }
    if (first.isPresent()) {
      boolean same = first.get().id().equals(entry.id());
      return new Verdict.Duplicate(
          first.get(), same ? RejectionCode.ALREADY_EXECUTED : RejectionCode.KEY_REUSED);
    }
    return requires == Requires.FAILED
        ? new Verdict.Fail(body, RejectionCode.REQUIRES_FAILED)
        : new Verdict.Execute(body);
  }

  private Optional<RejectionCode> faultOfItself(
      SignedTransaction entry, TransactionBody body, StateReader state) {
    if (!body.ledger().equals(ledger)) {
      return Optional.of(RejectionCode.WRONG_LEDGER);
    }
    if (!body.application().equals(application.name())) {
      return Optional.of(RejectionCode.UNKNOWN_APPLICATION);
    }
    if (entry.suite() != SignedTransaction.ED25519) {
      return Optional.of(RejectionCode.SUITE_NOT_ALLOWED);
    }
    // X11: where validators attest, it is valid: that was checked before its block was voted for.
    if (!genesis.parameters().isAttested() && !verdicts.hasValidSignature(entry)) {
      return Optional.of(RejectionCode.BAD_SIGNATURE);
    }
    if (!application.authorises(body.sender(), entry.publicKey(), state)) {
      return Optional.of(RejectionCode.KEY_NOT_AUTHORISED);
    }
    return Optional.empty();
  }

  private Optional<RejectionCode> tooEarly(TransactionBody body, LedgerTime blockTime) {
    if (body.validUntil().isAfter(blockTime.plusMillis(genesis.parameters().maxValidityMillis()))) {
      return Optional.of(RejectionCode.TOO_EARLY);
    }
    return body.outlivesRequirement()
        ? Optional.of(RejectionCode.REQUIREMENT_EXPIRES_FIRST)
        : Optional.empty();
  }

  private Requires requires(TransactionBody body, Remembered remembered) {
    var outcome = Requires.MET;
    for (var requirement : body.requires()) {
      var entry =
          remembered.find(keyOf(requirement)).filter(of -> of.id().equals(requirement.id()));
      if (entry.isEmpty()) {
        return Requires.NOT_MET;
      }
      outcome = entry.get().ok() ? outcome : Requires.FAILED;
    }
    return outcome;
  }

  private Hash keyOf(Requirement required) {
    return TransactionBody.dedupeKey(ledger, required.sender(), required.salt());
  }
}
