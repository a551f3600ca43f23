// An answer as Hummingbird writes it: head, one buffer, end.

import HTTPTypes
import Hummingbird
import NIOCore

extension Answer {
    func response(to method: HTTPRequest.Method) -> Response {
        var headers = headers
        headers[.xContentTypeOptions] = "nosniff"
        if status == .notModified || status == .noContent {
            var response = Response(status: status, headers: headers)
            response.headers[.contentLength] = nil
            return response
        }
        if method == .head {
            headers[.contentLength] = String(stream?.length ?? body.count)
            return Response(status: status, headers: headers)
        }
        if let stream {
            // The client sets the pace: the next piece is read when the last one has gone out.
            let body = ResponseBody(contentLength: stream.length) { writer in
                for try await piece in stream.pieces {
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                try await writer.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        }
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
