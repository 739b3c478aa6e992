package dev.sampo.simulation.scenario;

/** Why a line is refused. */
final class BadLine extends Exception {

  private static final long serialVersionUID = 1L;

  BadLine(String message) {
    super(message);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
