package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.CharterFile;
import dev.sampo.core.genesis.LedgerCharter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "draft",
    description = "Makes a charter that nobody has consented to, for its validators to sign.")
final class LedgerDraftCommand implements Callable<Integer> {

  @Option(
      names = "--genesis",
      required = true,
      paramLabel = "FILE",
      description = "Genesis document of the ledger.")
  private Path genesis = Path.of("genesis");

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What the nodes will call it: 1 to 32 characters of a-z 0-9 . -")
  private String name = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "CHARTER",
      description = "The new file; one that is there is never replaced.")
  private Path out = Path.of("charter");

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    var charter = LedgerCharter.draft(Words.ledger(name), GenesisFile.read("--genesis", genesis));
    CharterFile.create(out, charter);
    var picture = new CharterPicture(charter);
    output.console().answer(picture.text(), picture.json());
    output.console().say("Each validator consents with: sampo ledger sign " + out + " --key FILE");
    return ExitCode.OK.number();
  }
}
