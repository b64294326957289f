/** Where the login page posts the control token, which the answer keeps in a cookie. */
export const SESSION = '/_mock/session'
export const TOKEN_COOKIE = 'kakaopay_mock_token'
