package dev.sampo.core.types;

/** Something that this program's own rules exclude has happened: the process must stop. */
public class InvariantViolation extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public InvariantViolation(String what) {
    super(what);
  }

  public InvariantViolation(String what, Throwable cause) {
    super(what, cause);
  }
}
