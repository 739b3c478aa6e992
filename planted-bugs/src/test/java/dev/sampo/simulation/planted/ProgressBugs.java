package dev.sampo.simulation.planted;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Mistakes about parents and proofs, and such that only cost progress (protocol 2.5 to 2.9). */
final class ProgressBugs {

  private static final String PARENTS = "core/consensus/simplex/ParentRule";
  private static final String RULES = "core/consensus/simplex/ProposalRules";
  private static final String ENGINE = "core/consensus/simplex/SimplexEngine";
  private static final String PACEMAKER = "core/consensus/simplex/Pacemaker";
  private static final String PROGRESS = "core/consensus/simplex/Progress";
  private static final String STARTUP = "core/consensus/simplex/Startup";

  private ProgressBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        skippedRound(),
        parentByView(),
        parentOfFinal(),
        parentTime(),
        parentHeight(),
        foreignBody(),
        noRetransmission(),
        onlyRetransmission(),
        newestStateOnly(),
        storm(),
        doubled(),
        timerOnce(),
        shortTimers(),
        noJump(),
        patientStart(),
        askedOnce(),
        syncGivesUp(),
        syncOnePeer(),
        notAllAncestors());
  }

  private static PlantedBug skippedRound() {
    return PlantedBug.of(
            "skipped-round",
            "a block is accepted over a view without its nullification (ava #281)",
            "N3")
        .edit(
            PARENTS,
            "    return slots.gap(parent, child);",
            """
            var known = new ArrayList<Certificate>();
            for (var view = parent.next(); view.isBefore(child); view = view.next()) {
              slots.find(view).flatMap(Slot::nullification).ifPresent(known::add);
            }
            return Optional.of(known);\
            """)
        .in(Runs.BYZANTINE);
  }

  private static PlantedBug parentByView() {
    return PlantedBug.of(
            "parent-by-view", "a parent counts as notarized if its view has any notarization", "N2")
        .edit(
            PARENTS,
            "if (!slot.flatMap(Slot::notarizedBlock).equals(Optional.of(child.parent()))) {",
            "if (slot.flatMap(Slot::notarizedBlock).isEmpty()) {")
        .in(Runs.LIARS_AND_LOSS.lying(Behaviour.FORGE_PARENT, Behaviour.PARTIAL_VOTES));
  }

  private static PlantedBug parentOfFinal() {
    return PlantedBug.of(
            "parent-beside-final", "a parent in the final view need not be the final block", "N2")
        .edit(
            PARENTS,
            "if (!child.parent().equals(chain.finalHash())) {",
            "if (child.parent().equals(child.computeHash())) {")
        .in(Runs.BYZANTINE);
  }

  private static PlantedBug parentTime() {
    return PlantedBug.of("parent-time", "a block may be older than its parent", "N1, W8")
        .edit(
            RULES,
            "return header.time().isAfter(parent.time())"
                + " ? Optional.empty() : Optional.of(\"time\");",
            "return Optional.empty();")
        .in(Runs.BYZANTINE);
  }

  private static PlantedBug parentHeight() {
    return PlantedBug.of("parent-height", "a block may have any height", "N1")
        .edit(
            RULES,
            "if (!header.height().equals(parent.height().next())) {",
            "if (header.height().equals(parent.height())) {")
        .in(Runs.BYZANTINE.lying(Behaviour.MUTATE));
  }

  private static PlantedBug foreignBody() {
    return PlantedBug.of(
            "foreign-body", "the body need not be what the header commits to", "N1, W3")
        .edit(RULES, "\n        && block.bodyMatchesHeader();", ";")
        .edit(
            "core/message/MessageVerifier",
            "        .or(() -> unless(block.bodyMatchesHeader(), Flaw.BODY_MISMATCH));",
            "        .or(() -> unless(block.view().number() > 0, Flaw.BODY_MISMATCH));")
        .in(Runs.BYZANTINE.lying(Behaviour.WRONG_BODY));
  }

  private static PlantedBug noRetransmission() {
    return PlantedBug.of(
            "no-retransmission", "nothing lost is sent again (ava #150, #279, #306)", "S1, S2")
        .edit(ENGINE, "          standstill.retry();\n", "")
        .edit(ENGINE, "case STANDSTILL -> standstill.fired();", "case STANDSTILL -> {}")
        .in(Runs.LOSSES);
  }

  /** Whoever lacks a certificate has four ways to it; one that is left suffices (2.17). */
  private static PlantedBug onlyRetransmission() {
    return PlantedBug.of(
            "no-repair",
            "certificates are not sent again, not to who is late, not in a standstill, and nobody"
                + " asks",
            "S1, S2, S4, C4")
        .edit(ENGINE, "case STANDSTILL -> standstill.fired();", "case STANDSTILL -> {}")
        .edit(
            "core/consensus/simplex/Standstill",
            "    sendCertificates(recipients, certificates);\n",
            "")
        .edit(
            "core/consensus/simplex/Answers",
            "if (peer.mayAnswer(replica.nanos(), replica.pacemaker.latency().ewma())) {",
            "if (peer.view().number() < 0) {")
        .edit(
            "core/consensus/simplex/Repair",
            "        .certificatesFrom()\n        .ifPresent(\n",
            "        .certificatesFrom()\n        .filter(_ -> round < 0)\n        .ifPresent(\n")
        .in(Runs.LOSSES);
  }

  private static PlantedBug newestStateOnly() {
    return PlantedBug.of(
            "newest-state-only",
            "only the newest state certificate is kept, not the one that a block refers to (B32)",
            "W16")
        .edit("core/consensus/simplex/StateCertificates", "KEPT_MAX = 16;", "KEPT_MAX = 1;")
        .in(Runs.BUSY);
  }

  private static PlantedBug storm() {
    return PlantedBug.of("storm", "votes are sent again without backing off", "S1, I20")
        .edit(
            PACEMAKER,
            "set(TimerId.Kind.RETRY, nanos + retryDelay, nanos);",
            "set(TimerId.Kind.RETRY, nanos + 1_000_000, nanos);");
  }

  private static PlantedBug doubled() {
    return PlantedBug.of("doubled-votes", "every vote is sent twice", "2.19")
        .edit(
            "core/consensus/simplex/Voter",
            "replica.outbox.sendSigned(replica.peers.indices(), new ConsensusVote(vote));",
            """
            replica.outbox.sendSigned(replica.peers.indices(), new ConsensusVote(vote));
                replica.outbox.sendSigned(replica.peers.indices(), new ConsensusVote(vote));\
            """)
        .in(Runs.SWARM.calm());
  }

  private static PlantedBug timerOnce() {
    return PlantedBug.of("timer-once", "after view 5 no timer is armed again", "E3, TI4")
        .edit(
            PACEMAKER,
            "if (basis == wanted || advanceFired) {",
            "if (basis == wanted || advanceFired || view.number() > 5) {");
  }

  private static PlantedBug shortTimers() {
    return PlantedBug.of(
            "timers-stay-short",
            "a view that outlasts its timer does not count for the next",
            "TI1")
        .edit(
            PACEMAKER,
            "if (!stepped || basis != Basis.WORK) {",
            "if (!stepped || basis != Basis.WORK || advanceFired) {")
        .in(Runs.SWARM.calm().lasting(24, 40).across(3));
  }

  private static PlantedBug noJump() {
    return PlantedBug.of(
            "no-jump", "a certificate of a later view does not move who lags behind", "E2")
        .edit(
            PROGRESS,
            "if (!view.isBefore(replica.view())) {",
            "if (view.equals(replica.view())) {");
  }

  private static PlantedBug patientStart() {
    return PlantedBug.of(
            "patient-start", "a start waits for the status of every peer, without an end", "W6")
        .edit(STARTUP, "Math.min(replica.committee.quorum(), others)", "others")
        .edit(
            ENGINE, "        if (!replica.isVoting()) {\n          startVoting();\n        }\n", "")
        .in(Runs.ABSENCES);
  }

  private static PlantedBug askedOnce() {
    return PlantedBug.of("asked-once", "what is missing is asked for once only", "SY1")
        .edit(
            "core/consensus/simplex/Repair",
            "    arm(Math.clamp(interval, INTERVAL_MIN, INTERVAL_MAX));",
            "    armedUntil = Optional.of(replica.nanos() + Math.clamp("
                + "interval, INTERVAL_MIN, INTERVAL_MAX));");
  }

  private static PlantedBug syncGivesUp() {
    return PlantedBug.of("sync-gives-up", "sync waits for ever for an answer that was lost", "SY2")
        .edit(
            "core/sync/BlockFetcher",
            "    turn++;\n    return ask();\n  }\n\n  private List<SyncEffect> onFinalHeightGrew",
            "    return List.of();\n  }\n\n  private List<SyncEffect> onFinalHeightGrew")
        .in(Runs.ROT_AND_GAPS);
  }

  private static PlantedBug syncOnePeer() {
    return PlantedBug.of("sync-one-peer", "sync asks the same peer again and again", "SY2")
        .edit(
            "core/sync/BlockFetcher",
            "    turn++;\n    return ask();\n  }\n\n  private List<SyncEffect> onFinalHeightGrew",
            "    return ask();\n  }\n\n  private List<SyncEffect> onFinalHeightGrew")
        .in(Runs.ROT_AND_GAPS);
  }

  private static PlantedBug notAllAncestors() {
    return PlantedBug.of("ancestors-skipped", "a finalization makes its own block final only", "C1")
        .edit(
            PROGRESS,
            "      chain.deliver(path.blocks());\n",
            "      chain.deliver(path.blocks().subList(path.blocks().size() - 1,"
                + " path.blocks().size()));\n");
  }
}
