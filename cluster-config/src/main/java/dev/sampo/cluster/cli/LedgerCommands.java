package dev.sampo.cluster.cli;

import picocli.CommandLine.Command;

@Command(
    name = "ledger",
    description = "Shows and makes the ledgers that nodes host.",
    subcommands = {
      LedgerListCommand.class,
      LedgerDescribeCommand.class,
      LedgerCreateCommand.class,
      LedgerDraftCommand.class,
      LedgerSignCommand.class,
      LedgerMoveCommand.class
    })
final class LedgerCommands {}
