package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.ControlSocket;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.cluster.demo.InteractiveDemo;
import java.io.IOException;

/** The demo that runs in another terminal, for commands that ask something of it. */
public record RunningDemo(DemoPointer pointer) {

  /** Ends the command if there is none. */
  public static RunningDemo find() {
    return new RunningDemo(
        DemoPointer.find(DemoPointer.file())
            .orElseThrow(
                () ->
                    new CommandFailed(
                        ExitCode.FAILED,
                        "no demo is running: start one with ./sampo demo in another terminal")));
  }

  /** Returns what it says once it has done as ordered. */
  String order(String words) throws IOException {
    var answer = ControlSocket.ask(pointer.control(), words);
    if (answer.startsWith(InteractiveDemo.UNKNOWN_NODE)) {
      throw new CommandFailed(ExitCode.NOT_FOUND, answer);
    }
    if (!answer.startsWith(InteractiveDemo.DONE)) {
      throw new CommandFailed(ExitCode.FAILED, answer);
    }
    return answer.substring(InteractiveDemo.DONE.length());
  }
}
