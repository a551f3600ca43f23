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
            headers[.contentLength] = String(body.count)
            return Response(status: status, headers: headers)
        }
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}
