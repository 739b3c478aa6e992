package dev.sampo.simulation.adversary;

import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.List;
import java.util.SplittableRandom;

/** Who lies, and what it has to lie with: its own key and luck, nobody else's. */
public record Liar(
    Genesis genesis, LedgerId ledger, ValidatorIndex self, Signer signer, SplittableRandom random) {

  Vote vote(Statement statement) {
    return new Vote(statement, self, signer.sign(statement.digest(ledger)));
  }

  List<ValidatorIndex> others() {
    return genesis.validators().indices().stream().filter(i -> !i.equals(self)).toList();
  }

  /** Each with an even chance. */
  List<ValidatorIndex> some(List<ValidatorIndex> of) {
    return of.stream().filter(_ -> random.nextBoolean()).toList();
  }
}
