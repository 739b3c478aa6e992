package dev.sampo.simulation.planted;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Mistakes in what a validator votes for (protocol 2.3, 2.7, 2.15, 2.24). */
final class VotingBugs {

  private static final String SLOT_STATE = "core/consensus/simplex/SlotState";
  private static final String VOTER = "core/consensus/simplex/Voter";
  private static final String BALLOTS = "core/consensus/simplex/Ballots";
  private static final String PROGRESS = "core/consensus/simplex/Progress";
  private static final String TALLY = "core/consensus/simplex/VoteTally";

  private VotingBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        nullifyAfterFinalize(),
        finalizeAfterNullify(),
        rebroadcastFinalizes(),
        secondTimeout(),
        lateNotarization(),
        quorum(),
        notarizeQuorum(),
        finalizeQuorum(),
        mixedVotes(),
        eagerEvidence(),
        harshEvidence(),
        uncheckedSignatures(),
        missingDomain());
  }

  private static PlantedBug nullifyAfterFinalize() {
    return PlantedBug.of(
            "nullify-after-finalize", "a standstill nullifies finalized views", "Z2, Z4")
        .edit(
            SLOT_STATE,
            "mayNullify() {\n    return this instanceof Idle || this instanceof Notarized;",
            "mayNullify() {\n    return !(this instanceof Nullified"
                + " || this instanceof NotarizedNullified);")
        .edit(
            SLOT_STATE,
            "case Finalized f -> throw forbidden(\"nullify\");",
            "case Finalized(var block) -> new NotarizedNullified(block);")
        .edit(
            "core/consensus/simplex/Standstill",
            "if (replica.slots.find(view).map(Slot::hasCertificate).orElse(false)) {",
            "if (replica.slots.find(view).flatMap(Slot::nullification).isPresent()) {");
  }

  private static PlantedBug finalizeAfterNullify() {
    return PlantedBug.of("finalize-after-nullify", "rule F without its state test", "F, lemma 2")
        .edit(
            SLOT_STATE,
            "mayFinalize() {\n    return this instanceof Idle || this instanceof Notarized;",
            "mayFinalize() {\n    return !(this instanceof Finalized);")
        .edit(
            SLOT_STATE,
            "case Nullified n -> throw forbidden(\"finalize\");",
            "case Nullified n -> new Finalized(block);")
        .edit(
            SLOT_STATE,
            "case NotarizedNullified n -> throw forbidden(\"finalize\");",
            "case NotarizedNullified n -> new Finalized(block);");
  }

  private static PlantedBug rebroadcastFinalizes() {
    return PlantedBug.of(
            "rebroadcast-finalizes",
            "sending again creates finalize votes for notarized views (ava #280, #290)",
            "F1, F2")
        .edit(
            "core/consensus/simplex/Standstill",
            "    repairGaps();\n    var others",
            """
            repairGaps();
            for (var slot : replica.slots.all()) {
              slot.notarizedBlock()
                  .ifPresent(
                      block ->
                          replica.journal.state(
                              new dev.sampo.core.vote.Statement.Finalize(
                                  replica.epoch(), slot.view(), block)));
            }
            var others\
            """);
  }

  private static PlantedBug secondTimeout() {
    return PlantedBug.of(
            "second-timeout", "every timeout of a view writes a nullify vote (ava #486)", "Z3")
        .edit(
            VOTER,
            "if (replica.mayVoteIn(slot.view()) && slot.state().mayNullify()) {",
            "if (replica.mayVoteIn(slot.view())) {");
  }

  private static PlantedBug lateNotarization() {
    return PlantedBug.of(
            "late-notarization",
            "who nullified does not go on by a late notarization (commonware #2695)",
            "E1")
        .edit(
            PROGRESS,
            "    leave(slot.view(), certificate);\n    voter.considerFinalize(slot);",
            """
            if (slot.state().mayNullify()) {
              leave(slot.view(), certificate);
            }
            voter.considerFinalize(slot);\
            """);
  }

  private static PlantedBug quorum() {
    return PlantedBug.of("quorum", "a quorum is one too small", "2.1")
        .edit(
            "core/consensus/simplex/Committee",
            "validators.quorum());",
            "validators.quorum() - 1);");
  }

  private static PlantedBug notarizeQuorum() {
    return PlantedBug.of("notarize-quorum", "one vote too few notarizes", "C, lemma 1")
        .edit(
            BALLOTS,
            ".certificate(vote.statement(), replica.committee.quorum())",
            ".certificate(vote.statement(), replica.committee.quorum()"
                + " - (vote.statement() instanceof Statement.Notarize ? 1 : 0))")
        .edit(
            PROGRESS,
            "votes.size() >= committee.quorum()",
            "votes.size() >= committee.quorum() - 1");
  }

  private static PlantedBug finalizeQuorum() {
    return PlantedBug.of("finalize-quorum", "one vote too few finalizes", "C1, lemma 2")
        .edit(
            BALLOTS,
            ".certificate(vote.statement(), replica.committee.quorum())",
            ".certificate(vote.statement(), replica.committee.quorum()"
                + " - (vote.statement() instanceof Statement.Finalize ? 1 : 0))")
        .edit(
            PROGRESS,
            "votes.size() >= committee.quorum()",
            "votes.size() >= committee.quorum() - 1");
  }

  private static PlantedBug mixedVotes() {
    return PlantedBug.of(
            "mixed-votes", "votes for different blocks of a view are counted together", "C, I11")
        .edit(
            TALLY,
            "if (vote.statement().equals(statement)) {",
            "if (vote.statement().kind() == statement.kind()) {");
  }

  private static PlantedBug eagerEvidence() {
    return PlantedBug.of(
            "eager-evidence",
            "notarize and nullify of one view are taken for a contradiction (commonware #1280)",
            "2.14")
        .edit(
            TALLY,
            "case Statement.Nullify n -> Optional.ofNullable(finalizes.get(vote.signer()));",
            "case Statement.Nullify n -> Optional.ofNullable(notarizes.get(vote.signer()));");
  }

  private static PlantedBug harshEvidence() {
    return PlantedBug.of(
            "harsh-evidence", "a block ahead of the local clock is taken for invalid", "N1b, W8")
        .edit(
            "core/consensus/simplex/ProposalRules",
            "? new Verdict.TooEarly(Duration.ofMillis(ahead))",
            "? new Verdict.Invalid(\"time\")");
  }

  private static PlantedBug uncheckedSignatures() {
    return PlantedBug.of(
            "unchecked-signatures", "a vote counts without a look at its signature", "2.2")
        .edit(
            "core/message/MessageVerifier",
            """
            Flaw.UNEXPECTED_STATEMENT)
                    .or(() -> unless(vote.signer().equals(sender), Flaw.UNEXPECTED_SIGNER))
                    .or(() -> certificates.verify(vote));
              }

              /** S3\
            """,
            """
            Flaw.UNEXPECTED_STATEMENT);
              }

              /** S3\
            """)
        .in(Runs.BYZANTINE);
  }

  private static PlantedBug missingDomain() {
    return PlantedBug.of(
            "missing-domain", "what is signed does not name the kind of statement", "2.2")
        .edit(
            "core/vote/Statement",
            "return SigningDomain.digest(\n        "
                + "kind(), ledger, epoch(), WireWriter.encode(encodedLength(), this::writeTo));",
            """
            var body = WireWriter.encode(this::writeTo);
                return SigningDomain.digest(0, ledger, epoch(), body.slice(1, body.length()));\
            """)
        .in(Runs.BYZANTINE.lying(Behaviour.RELABEL));
  }
}
