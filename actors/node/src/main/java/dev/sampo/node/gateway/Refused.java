package dev.sampo.node.gateway;

import dev.sampo.client.ErrorCatalogue;

/** A request that gets an error of the catalogue for an answer; no fault of the node. */
final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCatalogue.Entry error;

  /** {@code detail}: what exactly was wrong, for people. */
  Refused(ErrorCatalogue.Entry error, String detail) {
    super(detail, null, false, false);
    this.error = error;
  }

  ErrorCatalogue.Entry error() {
    return error;
  }

  String detail() {
    var detail = String.valueOf(getMessage());
    return detail.isBlank() ? error.title() : detail;
  }
}
