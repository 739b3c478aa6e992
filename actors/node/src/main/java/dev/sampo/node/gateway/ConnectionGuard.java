package dev.sampo.node.gateway;

import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.impl.engine.http2.TelemetrySpi;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.scaladsl.BidiFlow;
import org.apache.pekko.stream.scaladsl.Flow;
import org.apache.pekko.stream.scaladsl.Tcp.IncomingConnection;

/**
 * Puts a {@link HeadGuard} before each connection that Pekko HTTP accepts. The interface is meant
 * for telemetry, but it is the only place where an application gets to see the bytes of a
 * connection; {@code gateway.conf} names this class.
 */
public final class ConnectionGuard implements TelemetrySpi {

  /** What clients do wrong is not worth a line in the log each, or they could fill it. */
  private static final Attributes SILENT =
      Attributes.createLogLevels(
          Attributes.logLevelOff(), Attributes.logLevelOff(), Attributes.logLevelOff());

  /** Called by Pekko HTTP. */
  public ConnectionGuard(ActorSystem system) {}

  @Override
  public Flow<IncomingConnection, IncomingConnection, NotUsed> serverBinding() {
    return org.apache.pekko.stream.javadsl.Flow.<IncomingConnection>create()
        .map(ConnectionGuard::guarded)
        .asScala();
  }

  private static IncomingConnection guarded(IncomingConnection connection) {
    return connection.copy(
        connection.localAddress(),
        connection.remoteAddress(),
        connection.flow().via(new HeadGuard(HeadGuard.HEAD_TIME_MAX)).addAttributes(SILENT));
  }

  @Override
  public BidiFlow<HttpResponse, HttpResponse, HttpRequest, HttpRequest, NotUsed>
      serverConnection() {
    return org.apache.pekko.stream.javadsl.BidiFlow.<HttpResponse, HttpRequest>identity().asScala();
  }

  @Override
  public BidiFlow<HttpRequest, HttpRequest, HttpResponse, HttpResponse, NotUsed> client() {
    return org.apache.pekko.stream.javadsl.BidiFlow.<HttpRequest, HttpResponse>identity().asScala();
  }
}
