package dev.sampo.simulation.explore;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.MessageVerdict;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.Status;
import dev.sampo.core.message.Verified;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.CertificateVerifier;
import dev.sampo.core.vote.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Signs, and lets every message through the shipped verifier; equal messages only once, since
 * scenarios that begin alike say the same.
 */
final class Notary {

  /** A message as the verifier judges it: only a Status depends on who gets it. */
  private record Letter(ValidatorIndex from, ValidatorIndex to, ConsensusMessage message) {}

  private static final int REMEMBERED_MAX = 20_000;

  private final LedgerId ledger;
  private final KeyedHashes signatures;
  private final List<MessageVerifier> verifiers;
  private final LinkedHashMap<Letter, Verified<? extends ConsensusMessage>> verdicts =
      new LinkedHashMap<>();

  Notary(Genesis genesis) {
    ledger = genesis.ledgerId();
    signatures = new KeyedHashes(ledger, genesis.validators());
    var certificates =
        new CertificateVerifier(ledger, Epoch.ZERO, genesis.validators(), signatures);
    verifiers =
        genesis.validators().indices().stream()
            .map(self -> new MessageVerifier(certificates, self, transaction -> true))
            .toList();
  }

  Signature sign(Statement statement, ValidatorIndex signer) {
    return signatures.sign(statement, signer);
  }

  /**
   * The checked message for each of the recipients; a message that does not pass breaks an
   * invariant, since none is forged.
   */
  List<Verified<? extends ConsensusMessage>> verified(
      ValidatorIndex from, List<ValidatorIndex> recipients, ConsensusMessage message) {
    if (verdicts.size() > REMEMBERED_MAX) {
      verdicts.clear();
    }
    if (!(message instanceof Status)) {
      return Collections.nCopies(recipients.size(), verified(new Letter(from, from, message)));
    }
    var each = new ArrayList<Verified<? extends ConsensusMessage>>();
    recipients.forEach(to -> each.add(verified(new Letter(from, to, message))));
    return each;
  }

  private Verified<? extends ConsensusMessage> verified(Letter letter) {
    return verdicts.computeIfAbsent(letter, this::judged);
  }

  private Verified<? extends ConsensusMessage> judged(Letter letter) {
    var verdict =
        verifiers
            .get(letter.to().number())
            .verify(letter.from(), new Envelope(ledger, View.ZERO, letter.message()));
    return switch (verdict) {
      case MessageVerdict.Accepted(var accepted) -> accepted.as(letter.message());
      case MessageVerdict.Refused(var flaw) ->
          throw new Breach("I11", letter.from() + " sent what is refused for " + flaw);
    };
  }
}
