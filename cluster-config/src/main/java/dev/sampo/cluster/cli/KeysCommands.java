package dev.sampo.cluster.cli;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "keys",
    description = "Makes and shows Ed25519 keys; never shows a secret.",
    subcommands = {KeysCommands.Generate.class, KeysCommands.Show.class})
final class KeysCommands {

  @Command(
      name = "generate",
      description = "Makes a key of an account or validator in a new file that only you may read.")
  static final class Generate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Whose key it is.")
    private String name = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Default: NAME.key.")
    private Optional<Path> file = Optional.empty();

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
      var owner = Words.account(name);
      var path = file.orElse(Path.of(owner + ".key"));
      if (Files.exists(path)) {
        throw new CommandFailed(
            ExitCode.CONFLICT, path + " exists already, and a key is never replaced");
      }
      var key = KeyFile.generate(owner.name(), new SecureRandom());
      key.write(path);
      return show(output.console(), key, path).number();
    }
  }

  @Command(name = "show", description = "Shows the public part of a key file.")
  static final class Show implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The key file.")
    private Path file = Path.of("");

    @Mixin private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
      if (!Files.exists(file)) {
        throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + file);
      }
      return show(output.console(), KeyFile.read(file), file).number();
    }
  }

  private static ExitCode show(Console console, KeyFile key, Path file) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", key.name());
    json.put("public_key", key.publicKey().hex());
    json.put("file", file.toString());
    console.answer(
        "%s  public key %s  %s".formatted(key.name(), key.publicKey().hex(), file), json);
    return ExitCode.OK;
  }
}
