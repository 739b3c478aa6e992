package dev.sampo.simulation.planted;

import java.util.List;

/** Mistakes of who lost its records, and of copies over one store (protocol 2.25). */
final class RecoveryBugs {

  private static final String LOST = "core/consensus/simplex/LostRecords";
  private static final String RECOVERING = "core/consensus/simplex/RecoveringEngine";
  private static final String INCARNATIONS = "core/mempool/Incarnations";
  private static final String WRITER = "simulation/world/Writer";
  private static final String JOURNAL = "simulation/world/SimulatedJournal";

  private RecoveryBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        tooFewReplies(),
        ownReply(),
        oldReply(),
        votesBelowBound(),
        boundNotDurable(),
        acksAfterLoss(),
        acksBeforeConfirmed(),
        voidAckCounted(),
        takeOverWithoutFence(),
        fenceOutsideCommit(),
        signBeforeCommit());
  }

  private static PlantedBug tooFewReplies() {
    return PlantedBug.of("too-few-replies", "f + 1 answers are enough for a recovery", "RE2")
        .edit(LOST, "return committee.quorum();", "return committee.faults() + 1;")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug ownReply() {
    return PlantedBug.of("own-reply-counts", "who recovers counts itself among the q", "RE2, RE5")
        .edit(LOST, "return replies.size() >= needed();", "return replies.size() + 1 >= needed();")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug oldReply() {
    return PlantedBug.of("old-reply-counts", "an answer to an earlier question counts", "RE2")
        .edit(LOST, "        && said.nonce().equals(nonce);", ";")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug votesBelowBound() {
    return PlantedBug.of("votes-below-bound", "who recovered votes at once in every view", "RE3")
        .edit(
            "core/consensus/simplex/Replica",
            "    return voting && isKnown(of);",
            "    return voting && of.equals(of);")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug boundNotDurable() {
    return PlantedBug.of(
            "bound-not-durable", "who recovered speaks before its bound is on disk", "D12")
        .edit(
            RECOVERING,
            "new Effect.Persist(ownPersists++, List.of(bound)));",
            "new Effect.Persist(ownPersists++, List.of()));")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug acksAfterLoss() {
    return PlantedBug.of(
            "acks-after-loss", "who lost its records acknowledges batches again", "RE4")
        .edit(
            "core/mempool/LaneVoice",
            "return everLost ? SILENT : SPEAKS;",
            "return everLost ? SPEAKS : SPEAKS;")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug acksBeforeConfirmed() {
    return PlantedBug.of(
            "acks-before-confirmed",
            "who recovered speaks in lanes before others have stored its incarnation",
            "RE4")
        .edit(INCARNATIONS, "    if (isConfirmed()) {\n", "    if (incarnation > 0) {\n")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug voidAckCounted() {
    return PlantedBug.of(
            "void-ack-counted",
            "a voter counts what a signer acknowledged before it lost its records",
            "N4, RE4")
        .edit(INCARNATIONS, "    return incarnation == (", "    return incarnation <= (")
        .in(Runs.RECOVERIES);
  }

  private static PlantedBug takeOverWithoutFence() {
    return PlantedBug.of(
            "take-over-without-fence", "a copy takes the store over in the same epoch", "V2")
        .edit(WRITER, "      epoch++;\n", "      epoch = Math.max(epoch, 1);\n")
        .in(Runs.COPIES);
  }

  private static PlantedBug fenceOutsideCommit() {
    return PlantedBug.of(
            "fence-outside-commit", "the writer epoch is checked before the transaction", "V1")
        .edit(JOURNAL, "    writer.requireCurrent();\n", "")
        .edit(
            JOURNAL,
            "    inFlight.computeIfAbsent(writer,",
            "    writer.requireCurrent();\n    inFlight.computeIfAbsent(writer,")
        .in(Runs.COPIES);
  }

  private static PlantedBug signBeforeCommit() {
    return PlantedBug.of(
            "sign-before-commit", "a vote is signed while its promise is on its way to disk", "V1")
        .edit(
            "core/consensus/simplex/Outbox",
            "      signed.forEach(message -> effects.add(message.toSend(lastFinal)));\n",
            """
                  toSign.forEach(statement -> effects.add(new Effect.Sign(statement)));
                  toSign.clear();
                  signed.forEach(message -> effects.add(message.toSend(lastFinal)));
            """)
        .in(Runs.COPIES);
  }
}
