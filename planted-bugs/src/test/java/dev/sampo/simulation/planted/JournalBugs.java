package dev.sampo.simulation.planted;

import java.util.List;

/** Mistakes in what a validator remembers, and when (protocol 2.4, 2.15, 2.24). */
final class JournalBugs {

  private static final String VOTER = "core/consensus/simplex/Voter";
  private static final String STARTUP = "core/consensus/simplex/Startup";
  private static final String JOURNAL = "simulation/world/SimulatedJournal";
  private static final String MEDIUM = "simulation/world/SimulatedMedium";

  private JournalBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        sayBeforeSync(),
        blockNotHeld(),
        notarizationNotHeld(),
        entryNotHeld(),
        votesForgotten(),
        notarizesForgotten(),
        proposalForgotten(),
        viewForgotten(),
        gapProofForgotten(),
        floorTooHigh(),
        tornRecord(),
        bitRot(),
        misdirected());
  }

  private static PlantedBug sayBeforeSync() {
    return PlantedBug.of("say-before-sync", "effects do not wait for the disk", "2.4")
        .edit(
            "core/consensus/DurabilityGate",
            "        awaited = persist.sequence();",
            "        awaited = Math.min(-1, -persist.sequence());");
  }

  private static PlantedBug blockNotHeld() {
    return PlantedBug.of("block-not-held", "a notarize vote does not keep its block", "D1")
        .edit(VOTER, "    replica.journal.hold(block);\n", "");
  }

  private static PlantedBug notarizationNotHeld() {
    return PlantedBug.of(
            "notarization-not-held", "a finalize vote does not keep its notarization", "D3")
        .edit(VOTER, "    replica.journal.hold(notarization); // D3\n", "")
        .in(Runs.LATE);
  }

  private static PlantedBug entryNotHeld() {
    return PlantedBug.of(
            "entry-not-held", "the certificate by which a view ended is volatile", "D5")
        .edit("core/consensus/simplex/Replica", "    journal.hold(by);\n", "")
        .in(Runs.CRASHES);
  }

  private static PlantedBug votesForgotten() {
    return PlantedBug.of("votes-forgotten", "a restart forgets its votes", "2.4")
        .edit(
            STARTUP,
            ".filter(view -> view.isAfter(replica.finalView()))\n",
            ".filter(view -> view.isBefore(replica.finalView()))\n");
  }

  private static PlantedBug notarizesForgotten() {
    return PlantedBug.of(
            "notarizes-forgotten", "a restart notarizes again (commonware #2050)", "2.4, lemma 1")
        .edit(
            STARTUP,
            ".filter(view -> view.isAfter(replica.finalView()))\n",
            ".filter(view -> view.isAfter(replica.finalView())"
                + " && !(statement instanceof Statement.Notarize))\n");
  }

  private static PlantedBug proposalForgotten() {
    return PlantedBug.of(
            "proposal-forgotten", "a leader proposes twice, before and after a restart", "P6")
        .edit(
            STARTUP,
            ".filter(view -> view.isAfter(replica.finalView()))\n",
            ".filter(view -> view.isAfter(replica.finalView())"
                + " && !replica.committee.leads(view))\n");
  }

  private static PlantedBug viewForgotten() {
    return PlantedBug.of(
            "view-forgotten", "a restart begins right above the final view", "Start, I7")
        .edit(
            STARTUP,
            "Stream.concat(entry.stream(), finality.stream()).max(",
            "finality.filter(_ -> entry.isPresent()).stream().max(");
  }

  /** Of the certificate and the votes each mends what the other has lost, so both are left out. */
  private static PlantedBug gapProofForgotten() {
    return PlantedBug.of(
            "gap-proof-forgotten",
            "a restart forgets the nullifications of views, and its votes of all but the newest",
            "D5, N3, Start")
        .edit(
            STARTUP,
            "case Statement.Nullify n -> replica.slots.at(view).nullify(certificate);",
            "case Statement.Nullify n -> {}")
        .edit(
            STARTUP,
            "replica.slots.all().forEach(slot -> slot.stated()",
            "replica.slots.find(view).ifPresent(slot -> slot.stated()")
        .in(Runs.STORMS);
  }

  private static PlantedBug floorTooHigh() {
    return PlantedBug.of(
            "floor-too-high", "the log is cut above the final view (commonware Floor)", "2.4")
        .edit(
            "core/consensus/simplex/Journal",
            "new Promise.FinalUpTo(view, block)",
            "new Promise.FinalUpTo(view.plus(2), block)");
  }

  private static PlantedBug tornRecord() {
    return PlantedBug.of("torn-record", "what is left of a torn record is believed", "2.4, 2.15")
        .edit(
            JOURNAL,
            "    this.inFlight.remove(writer);\n    return torn && hadTail;",
            """
            if (torn && hadTail) {
              add(List.of(inFlight.getLast()));
            }
            this.inFlight.remove(writer);
            return torn && hadTail;\
            """)
        .in(Runs.CRASHES);
  }

  private static PlantedBug bitRot() {
    return PlantedBug.of("bit-rot", "a damaged record is skipped instead of refused", "RE1")
        .edit(
            JOURNAL,
            "    damaged = true;",
            """
            if (!promises.isEmpty()) {
              promises.removeLast();
            }\
            """)
        .in(Runs.ROT);
  }

  private static PlantedBug misdirected() {
    return PlantedBug.of(
            "misdirected-block", "a record in another's place is taken for what was asked", "RE1")
        .edit(
            MEDIUM,
            """
            new Damage(table, key))) {
                  throw new StorageFailed("a damaged record in " + table);
                }
                return tables.get(table, key);\
            """,
            """
            new Damage(table, key))) {
                  var before = tables.range(table, Bytes.EMPTY, key, Integer.MAX_VALUE);
                  return before.isEmpty()
                      ? Optional.empty()
                      : Optional.of(before.getLast().value());
                }
                return tables.get(table, key);\
            """)
        .edit(
            MEDIUM,
            """
                if (damage.isPresent() && damage.get().equals(new Damage(table, entry.key()))) {
                  throw new StorageFailed("a damaged record in " + table);
                }
            """,
            "")
        .in(Runs.ROT_AND_GAPS);
  }
}
