/** What validators say to each other over peer links (protocol 2.2, 2.7, 2.13). */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.message;
