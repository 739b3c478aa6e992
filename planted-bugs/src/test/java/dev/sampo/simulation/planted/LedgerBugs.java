package dev.sampo.simulation.planted;

import dev.sampo.simulation.fault.Behaviour;
import java.util.List;

/** Mistakes in execution, in the mempool, and in what clients are told (protocol 2.11, 7.12 on). */
final class LedgerBugs {

  private static final String ASSETS = "core/assets/Assets";
  private static final String RULES = "core/execution/EntryRules";
  private static final String EXECUTOR = "core/execution/LedgerExecutor";
  private static final String EXECUTION_ROLE = "simulation/world/ExecutionRole";
  private static final String GATEWAY = "simulation/world/Gateway";

  private LedgerBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        overdraft(),
        selfTransfer(),
        unstableOrder(),
        wallClock(),
        dedupeLost(),
        dedupePerBlock(),
        dedupeChain(),
        executedTwice(),
        receiptIndex(),
        otherRoot(),
        stateQuorum(),
        earlyAcknowledgement(),
        wrongHeight(),
        staleBalance(),
        expiredByClock(),
        unprovenSync(),
        proposedForEver());
  }

  private static PlantedBug overdraft() {
    return PlantedBug.of(
            "overdraft", "who has too little pays with what is not there", "conservation")
        .edit(
            ASSETS,
            "      return AssetError.INSUFFICIENT_BALANCE.failed();\n",
            "      held = transfer.amount();\n");
  }

  private static PlantedBug selfTransfer() {
    return PlantedBug.of(
            "self-transfer", "both balances are read before either is written", "conservation")
        .edit(
            ASSETS,
            """
                AssetsState.putBalance(state, transfer.asset(), sender, held - transfer.amount());
                AssetsState.credit(state, transfer.asset(), transfer.to(), transfer.amount());
            """,
            """
                long there = AssetsState.balance(state, transfer.asset(), transfer.to());
                AssetsState.putBalance(state, transfer.asset(), sender, held - transfer.amount());
                AssetsState.putBalance(
                    state, transfer.asset(), transfer.to(), there + transfer.amount());
            """);
  }

  /** As a hash table's order depends on its past, this one does on what a process has done. */
  private static PlantedBug unstableOrder() {
    return PlantedBug.of(
            "unstable-order",
            "events are in the order of a table that depends on its past",
            "X1, I14")
        .edit(
            ASSETS,
            "  @Override\n  public String name() {",
            "  private int applied;\n\n  @Override\n  public String name() {")
        .edit(
            ASSETS,
            "    Operation operation;\n    try {",
            "    boolean turned = ++applied % 8 == 0;\n    Operation operation;\n    try {")
        .edit(
            ASSETS,
            "case Operation.Transfer transfer -> apply(transfer, sender, state);",
            """
            case Operation.Transfer transfer -> {
                    var outcome = apply(transfer, sender, state);
                    yield turned && outcome instanceof Outcome.Ok
                        ? Outcome.ok(Event.of("transferred", "to", transfer.to().name()))
                        : outcome;
                  }\
            """);
  }

  private static PlantedBug wallClock() {
    return PlantedBug.of("wall-clock", "transactions expire by the wall clock", "X2, 7.16")
        .edit(
            EXECUTOR,
            "  private final Genesis genesis;\n",
            "  public static long wallMillis;\n  private final Genesis genesis;\n")
        .edit(
            RULES,
            "if (!blockTime.isBefore(body.validUntil())) {",
            "if (!LedgerTime.ofMillis(LedgerExecutor.wallMillis).isBefore(body.validUntil())) {")
        .edit(
            EXECUTION_ROLE,
            "      var next = queue.removeFirst();\n",
            """
                  var next = queue.removeFirst();
                  LedgerExecutor.wallMillis = life.owner().wallClock().millis();
            """);
  }

  private static PlantedBug dedupeLost() {
    return PlantedBug.of("dedupe-lost", "what was executed is remembered in memory only", "X4, I14")
        .edit(
            "simulation/world/SimulatedMedium",
            """
                inFlight.removeIf(commit -> commit.writer.equals(writer));
                unsynced.clear();
                failing = false;
            """,
            """
                inFlight.removeIf(commit -> commit.writer.equals(writer));
                unsynced.clear();
                failing = false;
                tables.commit(
                    new WriteSet(
                        List.of(
                            new WriteSet.Write.DeleteRange(
                                Table.DEDUPE, Bytes.fromHex("00"), Bytes.fromHex("01")))));
            """)
        .in(Runs.LIARS_AND_CRASHES);
  }

  private static PlantedBug dedupePerBlock() {
    return PlantedBug.of(
            "dedupe-per-block", "a transaction is looked for in its own block only", "X4, I14")
        .edit(
            "core/execution/DedupeSet",
            "    var stored = LiveTransactions.stored(tables, key);\n",
            "    var stored = LiveTransactions.stored(tables, key).filter(_ -> size < 0);\n")
        .in(Runs.BYZANTINE.lying(Behaviour.REPEAT_TRANSACTIONS));
  }

  private static PlantedBug dedupeChain() {
    return PlantedBug.of("dedupe-chain", "a start begins the chains of buckets anew", "X6, EX5")
        .edit(
            "core/execution/DedupeSet",
            "      buckets.put(number, bucket);\n",
            "      buckets.put(number, new DedupeBucket(Hash.ZERO, bucket.size()));\n");
  }

  private static PlantedBug executedTwice() {
    return PlantedBug.of(
            "executed-twice", "after a crash the newest stored block is executed again", "D6, I14")
        .edit(
            EXECUTOR,
            "lastExecuted.map(LedgerRows::readHeight).orElse(Height.ZERO);",
            "lastExecuted.map(LedgerRows::readHeight)"
                + ".map(top -> Height.of(Math.max(0, top.number() - 1))).orElse(Height.ZERO);")
        .edit(
            "simulation/world/Life",
            "var last = ledger.lastExecuted();",
            "var last = Height.of(Math.max(0, ledger.lastExecuted().number() - 1));");
  }

  private static PlantedBug receiptIndex() {
    return PlantedBug.of(
            "receipt-index", "a receipt is filed under the first place of its block", "X3")
        .edit(
            EXECUTOR,
            "writes.add(LedgerRows.putTransaction(receipt.id(), place));",
            "writes.add(LedgerRows.putTransaction(receipt.id(), new Place(height, 0)));");
  }

  private static PlantedBug otherRoot() {
    return PlantedBug.of("other-root", "a restart attests another root than before", "7.12, I16")
        .edit(
            "core/execution/LedgerReader",
            "statement(Height.of(height)).ifPresent(newest::addFirst);",
            """
            statement(Height.of(height))
                        .map(
                            of ->
                                new StateAttest(
                                    of.epoch(),
                                    of.height(),
                                    of.block(),
                                    of.receiptsRoot(),
                                    of.receiptsRoot()))
                        .ifPresent(newest::addFirst);\
            """);
  }

  private static PlantedBug stateQuorum() {
    return PlantedBug.of("state-quorum", "one attestation too few certifies a state", "2.11")
        .edit(
            "core/execution/Attestations",
            "if (atHeight.size() < validators.quorum() ||",
            "if (atHeight.size() < validators.quorum() - 1 ||")
        .edit(
            "core/execution/Attestations",
            "return same.size() < validators.quorum()",
            "return same.size() < validators.quorum() - 1")
        .edit(
            "core/execution/Attestations",
            "|| certificate.votes().size() < validators.quorum()",
            "|| certificate.votes().size() < validators.quorum() - 1");
  }

  private static PlantedBug earlyAcknowledgement() {
    return PlantedBug.of(
            "early-acknowledgement", "clients are told before the block is on disk", "D6, receipts")
        .edit(
            EXECUTION_ROLE,
            "    var commit = life.owner().medium().begin(life.writer(), writes);\n",
            """
                var commit = life.owner().medium().begin(life.writer(), writes);
                executed.forEach(
                    each -> toGateway.tell(() -> life.gateway().executed(each.results())));
            """);
  }

  private static PlantedBug wrongHeight() {
    return PlantedBug.of(
            "wrong-height", "the gateway tells the height after the block's", "receipts")
        .edit(
            GATEWAY,
            "new Answer.Executed(receipt.height(), receipt.index(), receipt.code());",
            "new Answer.Executed(receipt.height().next(), receipt.index(), receipt.code());");
  }

  private static PlantedBug staleBalance() {
    return PlantedBug.of(
            "stale-balance", "the gateway reads a balance once and names newer heights", "reads")
        .edit(
            GATEWAY,
            "long amount = Assets.amountOf(ledger.state().get(key.name()));",
            "long amount = read.computeIfAbsent("
                + "account, _ -> Assets.amountOf(ledger.state().get(key.name())));")
        .edit(
            GATEWAY,
            "  private final LedgerReader ledger;\n",
            """
              private final LinkedHashMap<String, Long> read = new LinkedHashMap<>();
              private final LedgerReader ledger;
            """);
  }

  private static PlantedBug expiredByClock() {
    return PlantedBug.of(
            "expired-by-clock", "a client is told by the wall clock that it expired", "7.16")
        .edit(
            "core/mempool/Mempool",
            "if (!lastBlockTime.isBefore(body.validUntil())) {",
            "if (!time.isBefore(body.validUntil())) {")
        .in(Runs.CLOCKS);
  }

  private static PlantedBug unprovenSync() {
    return PlantedBug.of("unproven-sync", "sync takes final blocks without their proof", "SY1, LC1")
        .edit(
            "core/consensus/simplex/Progress",
            "if (fresh.isEmpty() || !isProven(fresh, proof)) {",
            "if (fresh.isEmpty()) {")
        .edit(
            "core/message/MessageVerifier",
            "case FinalBlocks(var blocks, var proof) ->"
                + " proof.flatMap(present -> flawIn(blocks, present));",
            "case FinalBlocks f -> Optional.empty();")
        .in(Runs.GAPS.lying(Behaviour.FORGE_HISTORY));
  }

  private static PlantedBug proposedForEver() {
    return PlantedBug.of(
            "proposed-for-ever",
            "the mempool keeps what was executed and proposes it again",
            "7.13")
        .edit(
            "core/mempool/Mempool",
            "case TransactionResult.Executed _, TransactionResult.Duplicate _ -> true;",
            "case TransactionResult.Executed _, TransactionResult.Duplicate _ -> false;");
  }
}
