package dev.sampo.cluster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Tests that run command lines in this process, as their users do in a terminal. */
public abstract class RunsCommands {

  /** What the last command wrote to standard output, and to standard error. */
  protected String out = "";

  protected String talk = "";

  /** Returns the exit code. */
  protected final int run(String... arguments) {
    var data = new StringWriter();
    var chatter = new StringWriter();
    int exitCode =
        SampoCommand.line(new PrintWriter(data), new PrintWriter(chatter), arguments)
            .execute(arguments);
    out = data.toString();
    talk = chatter.toString();
    return exitCode;
  }

  /** What the last command answered. */
  protected final JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out);
  }
}
