require 'net/http'

url = URI('https://open-api.kakaopay.com/online/v1/payment/ready')
headers = { 'Authorization' => 'SECRET_KEY DEV_EXAMPLE', 'Content-Type' => 'application/json' }
puts Net::HTTP.post(url, File.read(File.join(__dir__, 'ready.json')), headers).body
