package io.zipmap.mapped;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.AbstractCollection;
import java.util.Iterator;

/**
 * A field that makes the serialisation of its owner fail. Java calls {@link #writeObject}, which throws. Kryo calls no
 * such method, but it writes a collection by its size and elements. So this is a collection whose size and elements
 * throw.
 */
final class SerializationGuard extends AbstractCollection<Object> implements Serializable {
    private static final long serialVersionUID = 1L;

    static final String SENTENCE =
            "A MappedArray must not cross a process boundary: send its ArrayRecord and map it there";

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(SENTENCE);
    }

    @Override
    public int size() {
        throw new UnsupportedOperationException(SENTENCE);
    }

    @Override
    public Iterator<Object> iterator() {
        throw new UnsupportedOperationException(SENTENCE);
    }
}
