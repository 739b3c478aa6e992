/** Which node of a trust domain hosts what, and which of them a request is best forwarded to. */
@NullMarked
package dev.sampo.node.routing;

import org.jspecify.annotations.NullMarked;
