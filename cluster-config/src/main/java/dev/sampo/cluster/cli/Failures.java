package dev.sampo.cluster.cli;

import dev.sampo.client.ErrorCatalogue;
import dev.sampo.client.KeyFileRefused;
import dev.sampo.client.SampoException;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Tells what was wrong, whether to try again and whether that is safe; decides the exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception thrown, CommandLine line, ParseResult parsed) {
    var talk = line.getErr();
    var exitCode =
        switch (thrown) {
          case CommandFailed failed -> {
            say(talk, failed.text());
            yield failed.exitCode();
          }
          case SampoException failed -> {
            say(talk, text(failed));
            yield exitCodeOf(failed.error());
          }
          case KeyFileRefused refused -> {
            say(talk, String.valueOf(refused.getMessage()));
            yield ExitCode.DENIED;
          }
          case InterruptedException _ -> ExitCode.FAILED;
          default -> {
            say(talk, "failed unexpectedly: " + thrown);
            thrown.printStackTrace(talk);
            yield ExitCode.FAILED;
          }
        };
    return exitCode.number();
  }

  private static void say(PrintWriter talk, String text) {
    talk.println("sampo: " + text);
    talk.flush();
  }

  private static String text(SampoException failed) {
    var error = failed.error();
    return "%s: %s (%s)%n  %s%n  %s"
        .formatted(error.code(), error.title(), failed.detail(), error.whatToDo(), advice(error));
  }

  /** Whether it helps to try again, and whether that could do something twice. */
  static String advice(ErrorCatalogue.Entry error) {
    return "the same request may succeed later: %s; safe to send a new one instead: %s"
        .formatted(yesOrNo(error.retryable()), yesOrNo(error.safeToResubmit()));
  }

  private static String yesOrNo(boolean claim) {
    return claim ? "yes" : "no";
  }

  static ExitCode exitCodeOf(ErrorCatalogue.Entry error) {
    return switch (error.grpcStatus()) {
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case PERMISSION_DENIED, UNAUTHENTICATED, DATA_LOSS -> ExitCode.DENIED;
      case ALREADY_EXISTS, ABORTED -> ExitCode.CONFLICT;
      case OK,
          CANCELLED,
          UNKNOWN,
          INVALID_ARGUMENT,
          DEADLINE_EXCEEDED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          UNAVAILABLE ->
          ExitCode.FAILED;
    };
  }
}
