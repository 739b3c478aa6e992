package dev.sampo.node.gateway;

import java.net.BindException;

/** The gateway cannot listen on its address; the message says which and why. */
public final class GatewayNotBound extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GatewayNotBound(GatewaySettings settings, Throwable cause) {
    super(
        "cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(cause),
        cause);
  }

  private static String reason(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "port in use, or not an address of this machine (" + cause.getMessage() + ")";
      }
    }
    return String.valueOf(thrown.getMessage());
  }
}
