package dev.sampo.core.consensus.simplex;

import static dev.sampo.core.consensus.simplex.EngineProbe.finalizes;
import static dev.sampo.core.consensus.simplex.EngineProbe.notarize;
import static dev.sampo.core.consensus.simplex.EngineProbe.nullify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.block.Block;
import dev.sampo.core.consensus.testing.Fakes;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.Evidence;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 2.14: contradictions become evidence, once, and lawful pairs do not. */
class EvidenceTest {

  private final EngineProbe engine = EngineProbe.voter();
  private final Block first = engine.block(1, engine.genesisBlock(), Fakes.transaction(1));
  private final Block twin = engine.block(1, engine.genesisBlock(), Fakes.transaction(2));
  private final ValidatorIndex traitor = engine.peer(0);

  private Vote vote(Statement statement) {
    return Fakes.vote(statement, traitor);
  }

  @Test
  @Tag("fault-59")
  @DisplayName("DOUBLE_NOTARIZE, reported once")
  void reportsTwoNotarizeVotes() {
    engine.vote(traitor, notarize(first));
    engine.vote(traitor, notarize(twin));
    engine.vote(traitor, notarize(twin));
    assertThat(engine.evidence())
        .containsExactly(
            new Evidence.ConflictingVotes(vote(notarize(first)), vote(notarize(twin))));
  }

  @Test
  @Tag("fault-59")
  @DisplayName("DOUBLE_FINALIZE")
  void reportsTwoFinalizeVotes() {
    engine.vote(traitor, finalizes(first));
    engine.vote(traitor, finalizes(twin));
    assertThat(engine.evidence())
        .containsExactly(
            new Evidence.ConflictingVotes(vote(finalizes(first)), vote(finalizes(twin))));
  }

  @Test
  @Tag("fault-59")
  @DisplayName("NULLIFY_FINALIZE, in either order")
  void reportsNullifyAndFinalize() {
    engine.vote(traitor, nullify(1));
    engine.vote(traitor, finalizes(first));
    engine.vote(engine.peer(1), finalizes(first));
    engine.vote(engine.peer(1), nullify(1));
    assertThat(engine.evidence().stream().flatMap(each -> each.culprits().stream()))
        .containsExactly(traitor, engine.peer(1));
  }

  @Test
  @Tag("fault-58")
  @DisplayName("DOUBLE_PROPOSE, reported once")
  void reportsTwoProposals() {
    engine.propose(first);
    engine.propose(twin);
    engine.propose(engine.block(1, engine.genesisBlock(), Fakes.transaction(3)));
    engine.propose(first);
    assertThat(engine.evidence())
        .singleElement()
        .isInstanceOfSatisfying(
            Evidence.ConflictingProposals.class,
            evidence -> {
              assertThat(evidence.culprit()).isEqualTo(engine.leader(1));
              assertThat(evidence.first().statement())
                  .isEqualTo(new Statement.Propose(Epoch.ZERO, View.of(1), first.hash()));
            });
  }

  @Test
  @Tag("fault-70")
  @DisplayName("I9: notarize and nullify in one view are lawful, so is a repeated vote")
  void accusesNobodyOfLawfulVotes() {
    engine.vote(traitor, notarize(first));
    engine.vote(traitor, notarize(first));
    engine.vote(traitor, nullify(1));
    engine.vote(engine.peer(1), notarize(first));
    engine.vote(engine.peer(1), finalizes(twin));
    assertThat(engine.evidence()).isEmpty();
  }

  @Test
  @DisplayName("the votes inside a certificate contradict single ones")
  void findsContradictionsInCertificates() {
    engine.vote(traitor, finalizes(first));
    engine.certificates(engine.nullification(1));
    assertThat(engine.evidence().stream().flatMap(each -> each.culprits().stream()))
        .containsExactly(traitor);
  }

  @Test
  @DisplayName("late contradictions of final views are found for 1024 views")
  void findsLateContradictions() {
    engine.vote(traitor, notarize(first));
    engine.propose(first);
    engine.certificates(engine.finalization(first));
    engine.vote(traitor, notarize(twin));
    assertThat(engine.evidence()).hasSize(1);
  }

  @Test
  @DisplayName("I19: the archive of votes is bounded in views")
  void boundsTheArchive() {
    var archive = new VoteArchive();
    for (long view = 1; view <= 3000; view++) {
      var slot = new Slot(View.of(view));
      slot.votes().add(vote(nullify(view)));
      archive.add(slot);
    }
    var late = Fakes.vote(new Statement.Finalize(Epoch.ZERO, View.of(2), first.hash()), traitor);
    assertThat(archive.contradiction(View.of(2), late)).isEmpty();
    var recent =
        Fakes.vote(new Statement.Finalize(Epoch.ZERO, View.of(2500), first.hash()), traitor);
    assertThat(archive.contradiction(View.of(2500), recent)).isPresent();
  }

  @Test
  @Tag("fault-64")
  @DisplayName("a certificate by strangers counts for nothing")
  void ignoresStrangers() {
    var stranger = ValidatorIndex.of(9);
    var votes =
        Stream.of(engine.peer(0), engine.peer(1), stranger)
            .map(signer -> Fakes.vote(nullify(1), signer))
            .toList();
    engine.certificates(Certificate.of(nullify(1), votes));
    engine.vote(stranger, nullify(1));
    assertThat(engine.view()).isEqualTo(View.of(1));
  }
}
