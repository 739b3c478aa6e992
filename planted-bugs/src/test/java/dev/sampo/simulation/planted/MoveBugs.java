package dev.sampo.simulation.planted;

import java.util.List;

/** Mistakes in accounts that move between ledgers (protocol 4.1, M1 to M6). */
final class MoveBugs {

  private static final String ASSETS = "core/assets/Assets";
  private static final String MOVES = "core/assets/AccountMoves";

  private MoveBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        debitWhileMoving(),
        creditWhileAway(),
        noTombstone(),
        keptAtHome(),
        installedOverAnother(),
        restoredTwice(),
        movedWithRefunds());
  }

  private static PlantedBug debitWhileMoving() {
    return PlantedBug.of("debit-while-moving", "an account that has left still acts here", "M2")
        .edit(
            ASSETS,
            "    if (AssetsState.isAway(state, transaction.sender())) {\n",
            "    if (AssetsState.isAway(state, transaction.sender()) && state == null) {\n")
        .in(Runs.PACKETS);
  }

  private static PlantedBug creditWhileAway() {
    return PlantedBug.of("credit-while-away", "an account that has left is still paid here", "M2")
        .edit(
            ASSETS,
            "    if (AssetsState.isAway(state, transfer.to())) {\n",
            "    if (AssetsState.isAway(state, transfer.to()) && state == null) {\n")
        .in(Runs.PACKETS);
  }

  private static PlantedBug noTombstone() {
    return PlantedBug.of(
            "no-tombstone", "a ledger forgets an account that has arrived elsewhere", "M4")
        .edit(
            MOVES,
            "    AssetsState.putAccount(state, move.account(), moved);\n",
            "    state.delete(AssetsState.accountKey(move.account()));\n")
        .in(Runs.PACKETS);
  }

  private static PlantedBug keptAtHome() {
    return PlantedBug.of(
            "kept-at-home", "an account that has arrived elsewhere is here again, too", "M4")
        .edit(
            MOVES,
            "    AssetsState.putAccount(state, move.account(), moved);\n",
            """
                AssetsState.putAccount(
                    state, move.account(), new Active(moved.key(), moving.generation()));
            """)
        .in(Runs.PACKETS);
  }

  private static PlantedBug installedOverAnother() {
    return PlantedBug.of(
            "installed-over-another",
            "an account is installed in place of one that is here in an older generation",
            "M3")
        .edit(
            MOVES,
            "      case Active _, Moving _ -> Optional.of(AssetError.ACCOUNT_EXISTS);\n",
            """
                  case Active active when active.generation() < generation -> Optional.empty();
                  case Active _, Moving _ -> Optional.of(AssetError.ACCOUNT_EXISTS);
            """)
        .in(Runs.PACKETS);
  }

  /** Where the commitment stays, the next proof restores the account once more. */
  private static PlantedBug restoredTwice() {
    return PlantedBug.of(
            "restored-twice", "an account is restored before its commitment is deleted", "M4, T4")
        .edit(
            MOVES,
            """
                var moving = moving(move.account(), packet, state);
                var active = new Active(moving.key(), moving.generation());
            """,
            """
                state.put(packet.commitmentKey().name(), packet.encoded());
                var moving = AssetsState.account(state, move.account()).orElseThrow();
                var active = new Active(moving.key(), moving.generation());
            """)
        .in(Runs.PACKETS);
  }

  private static PlantedBug movedWithRefunds() {
    return PlantedBug.of(
            "moved-with-refunds", "an account leaves although an amount may come back to it", "M2")
        .edit(
            MOVES,
            "    if (AssetsState.refunds(state, id) > 0) {\n",
            "    if (AssetsState.refunds(state, id) > 0 && state == null) {\n")
        .in(Runs.PACKETS);
  }
}
