package dev.sampo.client;

import io.grpc.StatusRuntimeException;

/** No node can have got the request, whatever the status says. */
final class NeverSent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StatusRuntimeException status;

  NeverSent(StatusRuntimeException status) {
    super(status.getMessage(), status, false, false);
    this.status = status;
  }

  StatusRuntimeException status() {
    return status;
  }
}
