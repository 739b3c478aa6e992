package dev.sampo.cluster.cli;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.CharterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sign",
    description =
        "Adds a validator's consent to a charter: its nodes may then host that ledger, under that"
            + " name.")
final class LedgerSignCommand implements Callable<Integer> {

  @Parameters(paramLabel = "CHARTER", description = "The file, which is replaced.")
  private Path file = Path.of("charter");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Key file of the validator that consents.")
  private Path key = Path.of("validator.key");

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    var charter = CharterFile.read(file);
    if (!Files.exists(key)) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + key);
    }
    var validator = KeyFile.read(key);
    if (charter.genesis().validators().indexOf(validator.publicKey()).isEmpty()) {
      throw new CommandFailed(
          ExitCode.CONFLICT,
          key
              + " holds the key "
              + validator.publicKey().hex()
              + ", which is none of a validator of the charter's genesis");
    }
    var signed = charter.consentedBy(validator.signer());
    CharterFile.replace(file, signed);
    var picture = new CharterPicture(signed);
    output.console().answer(picture.text(), picture.json());
    if (picture.isBinding()) {
      output
          .console()
          .say("All have consented: sampo ledger create --charter " + file + " --endpoint URL ...");
    }
    return ExitCode.OK.number();
  }
}
