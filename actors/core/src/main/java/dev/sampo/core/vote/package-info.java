/** Votes, proposals and the messages between validators (protocol 2.2). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.vote;
