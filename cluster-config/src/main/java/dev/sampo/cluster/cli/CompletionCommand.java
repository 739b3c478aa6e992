package dev.sampo.cluster.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = "Prints a completion script: source <(./sampo completion bash)")
final class CompletionCommand implements Callable<Integer> {

  /** The shells that the script is for; it is the same for both. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "bash|zsh", description = "For which shell.")
  private Shell shell = Shell.BASH;

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("the command line was not parsed");
    }
    var line = command.commandLine();
    var script = AutoComplete.bash("sampo", command.root().commandLine());
    line.getOut()
        .println(
            shell == Shell.ZSH ? "autoload -U +X bashcompinit && bashcompinit\n" + script : script);
    return 0;
  }
}
