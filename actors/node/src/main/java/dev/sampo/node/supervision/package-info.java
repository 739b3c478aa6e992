/** How a node ends when it may not go on. */
@org.jspecify.annotations.NullMarked
package dev.sampo.node.supervision;
