package health.carryover.local.cloud;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;

/** A request whose body was read, so that it can be looked into and then read again by whoever answers it. */
final class Buffered extends Request.Wrapper {
    private final byte[] body;
    private final Content.Source source;

    private Buffered(Request request, byte[] body) {
        super(request);
        this.body = body;
        source = new ByteBufferContentSource(ByteBuffer.wrap(body));
    }

    static Buffered of(Request request) throws java.io.IOException {
        ByteBuffer content = Content.Source.asByteBuffer(request);
        byte[] body = new byte[content.remaining()];
        content.get(body);
        return new Buffered(request, body);
    }

    byte[] body() {
        return body;
    }

    @Override
    public long getLength() {
        return body.length;
    }

    @Override
    public Content.Chunk read() {
        return source.read();
    }

    @Override
    public void demand(Runnable demandCallback) {
        source.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
        source.fail(failure);
    }
}
